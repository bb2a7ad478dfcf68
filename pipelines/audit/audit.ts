import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { Head } from "./chain.ts";
import { checkNewEntry, type NewEntry } from "./entry.ts";
import { type Proof, proveLog } from "./prove.ts";
import { type AuditPage, type AuditQuestion, searchLog } from "./search.ts";
import type { Verifier } from "./signed-note.ts";
import type { AuditStore } from "./store.ts";

/** Deeds that wait to be written; more are refused rather than kept waiting. */
const WAITING_MAX = 1_000;
/** Deeds that reach the disk together. */
const BATCH_MAX = 200;

/** Where deeds are written down, and found again. */
export type Audit = {
  /**
   * Durable when it resolves: only then may be shown or done what it is about.
   * @throws AppError `AUDIT_UNAVAILABLE` (retryable), `AUDIT_BUSY` (retryable), `AUDIT_ENTRY`.
   */
  write(entry: NewEntry): Promise<void>;
  /** Newest first. @throws AppError `AUDIT_CURSOR` for a cursor of no page of ours; `AUDIT_UNAVAILABLE`. */
  search(
    question: AuditQuestion,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<AuditPage>;
  /** How far it has come. */
  head(): Promise<Head>;
  /** Whether all of it is as it was written. @param checkpoints as `proveLog`. @throws AppError `AUDIT_UNAVAILABLE`. */
  prove(checkpoints: string): Promise<Proof>;
};

/**
 * Whoever writes while others do shares their way to the disk.
 * @param verifier of the key that signs the log's checkpoints.
 */
export function openAudit(store: AuditStore, clock: Pick<Clock, "now_ms">, verifier?: Verifier): Audit {
  type Waiting = { readonly deed: NewEntry; resolve(): void; reject(reason: unknown): void };
  const waiting: Waiting[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH_MAX);
      try {
        await store.append(
          batch.map(({ deed }) => deed),
          clock.now_ms(),
        );
        for (const { resolve } of batch) resolve();
      } catch (thrown) {
        for (const { reject } of batch) reject(thrown);
      }
    }
    isWriting = false;
  }

  return {
    async write(deed) {
      checkNewEntry(deed);
      if (waiting.length >= WAITING_MAX) {
        const message = `More than ${WAITING_MAX} deeds wait to be written down; try again in a moment.`;
        throw new AppError("AUDIT_BUSY", message, { retryable: true });
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ deed, resolve, reject });
      if (!isWriting) void writeAll();
      await promise;
    },
    search: (question, page) => searchLog(store, question, page),
    head: async () => (await store.extent()).head,
    prove: (checkpoints) => proveLog(store, verifier, checkpoints),
  };
}
