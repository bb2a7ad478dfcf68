import type { EpochMs } from "@yardline/domain/time";

/** So many wrong tries from one place for one login are free; then each costs a wait, doubled up to the longest. */
const FREE_TRIES = 5;
const WAIT_MS_MIN = 1_000;
const WAIT_MS_MAX = 15 * 60_000;
/** A place that tries many logins waits too. */
const FREE_TRIES_OF_PLACE = 20;
/** Forgotten after so long without a try. */
const FORGET_MS = 60 * 60_000;
/** Pairs and places remembered; beyond it the ones longest without a try go. */
const REMEMBERED_MAX = 20_000;

type Tries = { readonly wrong: number; readonly last_ms: EpochMs };

/**
 * Slows down guessing without locking anybody out: whoever guesses at a login from one place does not keep its owner, elsewhere,
 * from signing in. Memory is bounded; nothing is written to disk.
 */
export class LoginThrottle {
  readonly #tries = new Map<string, Tries>();

  /** How long whoever asks from there has to wait, in milliseconds; 0 to go on. Ask before any password is hashed. */
  waitOf_ms(login: string, address: string, now_ms: EpochMs): number {
    const place = placeOf(address);
    return Math.max(
      this.#waitOf_ms(`${place} ${login}`, FREE_TRIES, now_ms),
      this.#waitOf_ms(place, FREE_TRIES_OF_PLACE, now_ms),
    );
  }

  failed(login: string, address: string, now_ms: EpochMs): void {
    const place = placeOf(address);
    for (const key of [`${place} ${login}`, place]) {
      const wrong = (this.#recent(key, now_ms)?.wrong ?? 0) + 1;
      this.#tries.delete(key);
      this.#tries.set(key, { wrong, last_ms: now_ms });
    }
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= REMEMBERED_MAX) break;
      this.#tries.delete(key);
    }
  }

  succeeded(login: string, address: string): void {
    this.#tries.delete(`${placeOf(address)} ${login}`);
  }

  #waitOf_ms(key: string, free: number, now_ms: EpochMs): number {
    const tries = this.#recent(key, now_ms);
    if (!tries || tries.wrong < free) return 0;
    const wait_ms = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** Math.min(30, tries.wrong - free));
    return Math.max(0, tries.last_ms + wait_ms - now_ms);
  }

  #recent(key: string, now_ms: EpochMs): Tries | undefined {
    const tries = this.#tries.get(key);
    // A clock that was set back must not make anybody wait for hours.
    const age_ms = tries ? now_ms - tries.last_ms : 0;
    return tries && age_ms >= -WAIT_MS_MAX && age_ms < FORGET_MS ? tries : undefined;
  }
}

/** Where somebody asks from, as places are counted: one household has a whole /64 of IPv6. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
}
