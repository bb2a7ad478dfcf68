import type { Clock } from "@yardline/domain/time";

/** Somebody who goes on looking is written down again after so long. */
const SESSION_MS = 15 * 60_000;
/** Sessions that are remembered; who is forgotten is only written down again. */
const SESSIONS_MAX = 10_000;

/** Which deeds are written down already and still go on. */
export type LookSessions = {
  /** Writes unless the same was written less than a quarter of an hour ago; who comes meanwhile waits for it, and shares its failure. */
  once(key: string, write: () => Promise<void>): Promise<void>;
};

export function createLookSessions(clock: Pick<Clock, "monotonic_ms">): LookSessions {
  const known = new Map<string, { readonly until_ms: number; readonly written: Promise<void> }>();
  return {
    async once(key, write) {
      const now_ms = clock.monotonic_ms();
      const session = known.get(key);
      if (session && now_ms < session.until_ms) return session.written;
      const written = write();
      const begun = { until_ms: now_ms + SESSION_MS, written };
      // The newest last, so that the oldest is the one that is forgotten.
      known.delete(key);
      known.set(key, begun);
      const [oldest] = known.keys();
      if (known.size > SESSIONS_MAX && oldest !== undefined) known.delete(oldest);
      try {
        await written;
      } catch (thrown) {
        if (known.get(key) === begun) known.delete(key);
        throw thrown;
      }
    },
  };
}
