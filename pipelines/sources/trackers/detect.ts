import type { TrackerProtocol } from "./protocol.ts";
import { TRACKER_PROTOCOLS } from "./protocols.ts";

/** Who needs more than this to be known is nobody known. */
export const FIRST_BYTES_MAX = 64;

/**
 * Which protocol a connection speaks, by its first bytes: the first of the list that knows them, once no protocol before it needs
 * more of them. "more" while it cannot be told; undefined where nobody knows them, and where the limit is reached.
 */
export function detectProtocol(first: Uint8Array): TrackerProtocol | "more" | undefined {
  for (const protocol of TRACKER_PROTOCOLS) {
    const known = protocol.recognise(first.subarray(0, FIRST_BYTES_MAX));
    if (known === true) return protocol;
    if (known === undefined && first.length < FIRST_BYTES_MAX) return "more";
  }
  return undefined;
}
