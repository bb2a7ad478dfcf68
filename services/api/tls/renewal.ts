import type { EpochMs } from "@yardline/domain/time";
import type { Pair } from "./certificate.ts";

/** After two thirds of its life a certificate is renewed, or up to a tenth of it earlier: boxes that were set up together do not ask together. */
const SHARE = 2 / 3;
const JITTER = 0.1;
/** After a failure; doubled with each, and each time another one by a fifth. Authorities count tries: five an hour are none too many. */
const RETRY_MS_MIN = 15 * 60_000;
const RETRY_MS_MAX = 24 * 3_600_000;

/** When to ask for the next one. @param random in [0, 1), drawn once a certificate. */
export function renewAt({ from_ms, until_ms }: Pick<Pair, "from_ms" | "until_ms">, random: number): EpochMs {
  const life_ms = until_ms - from_ms;
  return Math.floor(from_ms + life_ms * (SHARE - JITTER * random));
}

/** How long to wait after so many failures in a row, from 1. @param random in [0, 1) */
export function retryIn_ms(failures: number, random: number): number {
  const doubled_ms = RETRY_MS_MIN * 2 ** Math.min(20, failures - 1);
  return Math.round(Math.min(RETRY_MS_MAX, doubled_ms) * (0.8 + 0.4 * random));
}
