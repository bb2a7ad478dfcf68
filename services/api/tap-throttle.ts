import { createHash, randomBytes } from "node:crypto";
import { isIPv6 } from "node:net";
import type { EpochMs } from "@yardline/domain/time";

const DAY_MS = 86_400_000;
/** Who taps again about the same within so long says nothing new. */
const AGAIN_MS = 600_000;
/** Counted from one place, and about one stop, within that time. A place may be a school behind one address. */
const TAPS_MAX = { place: 10, about: 60 };
/** Things that are remembered of the last minutes; then the oldest are forgotten. */
const REMEMBERED_MAX = 50_000;

/** Counted, said before, or too often: then after how long. */
export type Verdict = "count" | "again" | { readonly wait_ms: number };
type Told = { readonly since_ms: EpochMs; count: number };

/**
 * Who taps how often, in memory only, under a hash with a salt that nobody knows and that changes each day: of yesterday nothing can be
 * told any more, not even by whoever has the whole machine.
 */
export class TapThrottle {
  #salt = randomBytes(32);
  #day = -1;
  readonly #told = new Map<string, Told>();
  readonly #max: typeof TAPS_MAX;

  constructor(max = TAPS_MAX) {
    this.#max = max;
  }

  /** @param about the stop; `line` narrows what counts as the same. */
  judge(address: string, about: string, line: string, now_ms: EpochMs): Verdict {
    this.#renew(now_ms);
    const who = this.#hash(networkOf(address));
    const same = this.#hash(JSON.stringify([who, about, line]));
    if (this.#fresh(same, now_ms)) return "again";
    const place = this.#fresh(who, now_ms);
    const stop = this.#fresh(this.#hash(about), now_ms);
    for (const [told, max] of [[place, this.#max.place] as const, [stop, this.#max.about] as const]) {
      if (told && told.count >= max) return { wait_ms: told.since_ms + AGAIN_MS - now_ms };
    }
    for (const name of [same, who, this.#hash(about)]) this.#note(name, now_ms);
    return "count";
  }

  #fresh(name: string, now_ms: EpochMs): Told | undefined {
    const told = this.#told.get(name);
    return told && now_ms - told.since_ms < AGAIN_MS ? told : undefined;
  }

  #note(name: string, now_ms: EpochMs): void {
    const told = this.#fresh(name, now_ms);
    if (told) {
      told.count += 1;
      return;
    }
    this.#told.delete(name);
    this.#told.set(name, { since_ms: now_ms, count: 1 });
    for (const oldest of this.#told.keys()) {
      if (this.#told.size <= REMEMBERED_MAX) break;
      this.#told.delete(oldest);
    }
  }

  #renew(now_ms: EpochMs): void {
    const day = Math.floor(now_ms / DAY_MS);
    if (day === this.#day) return;
    this.#day = day;
    this.#salt = randomBytes(32);
    this.#told.clear();
  }

  #hash(text: string): string {
    return createHash("sha256").update(this.#salt).update(text).digest("base64url").slice(0, 22);
  }
}

/** A household has a whole /64 of IPv6 addresses to tap from. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = address.split("::");
  const before = head.split(":").filter(Boolean);
  const after = tail.split(":").filter(Boolean);
  const zeros = address.includes("::")
    ? Array.from({ length: 8 - before.length - after.length }, () => "0")
    : [];
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}
