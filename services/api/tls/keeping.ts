import { AppError, messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { certificateMissed } from "@yardline/telemetry/certificates";
import type { Logger } from "pino";
import type { Pair } from "./certificate.ts";

/** What looks after a certificate stands on. */
export type KeepingParts = {
  /** The name that the certificate is for. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Takes a certificate into use, now and whenever there is another. */
  readonly use: (pair: Pair) => Promise<void>;
  /** Between two looks. Rejects when aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
};

/** Somebody who looks after a certificate until told to stop. */
export type Keeping = {
  readonly ended: Promise<void>;
  /** What is wrong with it, for a person; undefined while all is well. */
  findTrouble(): string | undefined;
};

/** Files and renewals are looked at so often. */
const LOOK_MS = 60_000;

/** Looks again and again, until told to stop. A look that fails is told, and what was in use stays. */
export async function lookAgain(
  { name, log, wait }: Pick<KeepingParts, "name" | "log" | "wait">,
  look: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await look();
    } catch (thrown) {
      certificateMissed(log, name, codeOf(thrown), messageOf(thrown));
    }
    await wait(LOOK_MS, signal).catch(() => undefined);
  }
}

export function codeOf(thrown: unknown): string {
  return thrown instanceof AppError ? thrown.code : "UNEXPECTED";
}
