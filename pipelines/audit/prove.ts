import { setImmediate as breathe } from "node:timers/promises";
import { findCheckpoints } from "./checkpoint.ts";
import type { LogLine } from "./log-line.ts";
import { type Verifier, verifierText } from "./signed-note.ts";
import type { AuditStore } from "./store.ts";
import { type Verdict, verifyLog } from "./verify.ts";

/** Lines hashed in one go, some milliseconds: whoever waits for the same thread comes between. */
const LINES_AT_ONCE = 200;

/** A verdict, and which key it rests on: whoever keeps a copy of it elsewhere can compare. */
export type Proof = Verdict & { readonly key: string | undefined };

/**
 * Reads a log that is in use from end to end.
 * @param verifier whose signatures are believed; without one no checkpoint proves anything.
 * @param checkpoints text in which checkpoints stand that were kept elsewhere; may be empty.
 * @throws AppError `AUDIT_UNAVAILABLE`.
 */
export async function proveLog(
  store: Pick<AuditStore, "lines" | "notes">,
  verifier: Verifier | undefined,
  checkpoints: string,
): Promise<Proof> {
  const verdict = await verifyLog(breathing(store.lines()), {
    origin: verifier?.name ?? "",
    notes: findCheckpoints(await store.notes(), verifier),
    checkpoints: findCheckpoints(checkpoints, verifier),
  });
  return { ...verdict, key: verifier && verifierText(verifier) };
}

async function* breathing(lines: AsyncIterable<LogLine>): AsyncGenerator<LogLine> {
  let read = 0;
  for await (const line of lines) {
    read += 1;
    if (read % LINES_AT_ONCE === 0) await breathe();
    yield line;
  }
}
