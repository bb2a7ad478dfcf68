import { messageOf } from "@yardline/domain/errors";
import { certificateTaken } from "@yardline/telemetry/certificates";
import type { AcmeOptions } from "./acme.ts";
import { orderCertificate } from "./acme.ts";
import { type Pair, readPair, troubleOf } from "./certificate.ts";
import { type Keeping, type KeepingParts, lookAgain } from "./keeping.ts";
import { accountKey, readKept, writeKept } from "./kept-pair.ts";
import { renewAt, retryIn_ms } from "./renewal.ts";

/** What is wrong as long as the first one was not obtained. */
export const NO_PAIR = "There is no certificate yet.";

export type AcmeKeeping = Omit<AcmeOptions, "name" | "account_key"> & {
  /** Where certificate and keys are kept, read by their owner alone. */
  readonly folder: string;
};

/**
 * Obtains a certificate from an authority, keeps it, and renews it in time. While the authority is down or says no, the one before is
 * served, and it is asked again later and later. Where there is none yet, nothing is served in public until there is.
 */
export async function keepByAcme(
  { folder, ...acme }: AcmeKeeping,
  parts: KeepingParts,
  signal: AbortSignal,
): Promise<Keeping> {
  const { name, clock, log, use, random } = parts;
  let pair = await kept(folder, name);
  let due_ms = pair ? renewAt(pair, random()) : Number.NEGATIVE_INFINITY;
  let failures = 0;
  let failed: string | undefined;
  if (pair) await take(pair);

  async function take(next: Pair): Promise<void> {
    await use(next);
    certificateTaken(log, name, next.until_ms);
  }

  async function renew(): Promise<Pair> {
    const account_key = await accountKey(folder);
    const made = await orderCertificate({ ...acme, name, account_key });
    const next = readPair(made.cert, made.key, name);
    await writeKept(folder, made);
    await take(next);
    return next;
  }

  const look = async (): Promise<void> => {
    const now_ms = clock.now_ms();
    if (now_ms < due_ms) return;
    try {
      pair = await renew();
      failed = undefined;
      // By a clock that is wrong it is over already, or not begun: asking at once for another would never end.
      const isFresh = troubleOf(pair, clock.now_ms()) === undefined;
      failures = isFresh ? 0 : failures + 1;
      due_ms = isFresh ? renewAt(pair, random()) : now_ms + retryIn_ms(failures, random());
    } catch (thrown) {
      failures += 1;
      failed = messageOf(thrown);
      due_ms = now_ms + retryIn_ms(failures, random());
      throw thrown;
    }
  };
  return {
    ended: lookAgain(parts, look, signal),
    findTrouble: () => {
      const trouble = pair ? troubleOf(pair, clock.now_ms()) : NO_PAIR;
      // A renewal that failed is no trouble while there is time for the next.
      return trouble === undefined ? undefined : [trouble, failed].filter(Boolean).join(" ");
    },
  };
}

/** What is kept, where it is for this name; another's is ordered anew. */
async function kept(folder: string, name: string): Promise<Pair | undefined> {
  const found = await readKept(folder);
  if (!found) return undefined;
  try {
    return readPair(found.cert, found.key, name);
  } catch {
    return undefined;
  }
}
