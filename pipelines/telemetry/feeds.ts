import type { Logger } from "pino";
import { Counter, Gauge } from "prom-client";

const answers = new Counter({
  name: "yardline_feed_answers_total",
  help: "Answers and messages of a feed of positions, by what became of them: taken, unchanged, or the code of what was wrong.",
  labelNames: ["feed", "outcome"] as const,
});

const published = new Counter({
  name: "yardline_feed_positions_published_total",
  help: "Positions of a feed that the bus has acknowledged.",
  labelNames: ["feed"] as const,
});

const held = new Counter({
  name: "yardline_feed_positions_held_total",
  help: "Positions of a feed that went no further, by why: told before, too soon, not believed, not readable.",
  labelNames: ["feed", "reason"] as const,
});

const fresh = new Gauge({
  name: "yardline_feed_fresh",
  help: "1 while a feed tells of now, 0 while it is lost.",
  labelNames: ["feed"] as const,
});

const behind = new Gauge({
  name: "yardline_feed_behind_seconds",
  help: "How far the newest content of a feed is behind our clock; negative is ahead.",
  labelNames: ["feed"] as const,
});

const waited = new Counter({
  name: "yardline_feed_waits_total",
  help: "Times that a feed was not read on because the bus was slower or away.",
  labelNames: ["feed"] as const,
});

/** An answer or message was read. @param counts what it had that went no further, by why. */
export function feedTaken(
  log: Logger,
  feed: string,
  { positions, counts }: { readonly positions: number; readonly counts: ReadonlyMap<string, number> },
): void {
  answers.inc({ feed, outcome: "taken" });
  published.inc({ feed }, positions);
  for (const [reason, count] of counts) held.inc({ feed, reason }, count);
  log.trace({ feed, positions, held: Object.fromEntries(counts) }, "A feed was taken.");
}

export function feedUnchanged(feed: string): void {
  answers.inc({ feed, outcome: "unchanged" });
}

export function feedBehind(feed: string, behind_ms: number): void {
  behind.set({ feed }, behind_ms / 1000);
}

/** Nothing could be taken this time. @param repeated the same was told before: then it is counted alone. */
export function feedFailed(
  log: Logger,
  feed: string,
  { code, why, repeated }: { readonly code: string; readonly why: string; readonly repeated: boolean },
): void {
  answers.inc({ feed, outcome: code });
  log[repeated ? "debug" : "warn"]({ feed, code, why }, "A feed could not be taken.");
}

export function feedWaits(log: Logger, feed: string, code: string): void {
  waited.inc({ feed });
  log.warn({ feed, code }, "A feed waits because its positions cannot be published.");
}

export function feedLost(log: Logger, feed: string, why: string): void {
  fresh.set({ feed }, 0);
  log.warn({ feed, why }, "A feed is lost: it tells nothing of now.");
}

export function feedFresh(log: Logger, feed: string): void {
  fresh.set({ feed }, 1);
  log.info({ feed }, "A feed tells of now.");
}

/** The loss could not be stated as an event now; it is told again with the next change. */
export function feedLossUntold(log: Logger, feed: string, code: string): void {
  log.warn({ feed, code }, "That a feed is lost could not be stated.");
}
