import type { Logger } from "pino";
import { Counter, Gauge } from "prom-client";

const fixes = new Counter({
  name: "yardline_transit_fixes_total",
  help: "Fixes of vehicles by what became of them.",
  labelNames: ["fate"] as const,
});

const statements = new Counter({
  name: "yardline_transit_statements_total",
  help: "Statements handed to the producer, by event type and state.",
  labelNames: ["type", "state"] as const,
});

const vehicles = new Gauge({
  name: "yardline_transit_vehicles",
  help: "Vehicles that report now, by whether they are on a run.",
  labelNames: ["on"] as const,
});

const crowded = new Counter({
  name: "yardline_transit_visits_crowded_total",
  help: "Stop visits that the rules about the whole fleet did not look at, because there are too many.",
});

const troubled = new Counter({
  name: "yardline_transit_statements_retried_total",
  help: "Times that statements could not be made and were tried again, by error code.",
  labelNames: ["code"] as const,
});

const breaches = new Counter({
  name: "yardline_transit_feed_breaches_total",
  help: "Places in our own GTFS-Realtime feeds that break a rule of the canonical validator, by rule.",
  labelNames: ["rule"] as const,
});

/**
 * What became of fixes: `taken` in order; `late`, so that the past was gone through again; `doubled`; `beyond` the window;
 * `crowded` out by too many vehicles; `unreadable`; or refused by the cleaning.
 */
export type FixFate =
  | "taken"
  | "late"
  | "doubled"
  | "beyond"
  | "crowded"
  | "unreadable"
  | "no-place"
  | "no-fix"
  | "frozen"
  | "ahead-of-time"
  | "too-late";

export function visitsCrowded(count: number): void {
  if (count > 0) crowded.inc(count);
}

export function timetableInUse(
  log: Logger,
  facts: { feed: string; trips: number; stops: number; lines: number; runs_today: number },
  notices: readonly string[],
): void {
  log.info(facts, "A timetable is in use.");
  if (facts.runs_today === 0) {
    log.warn({ feed: facts.feed }, "No trip of the timetable runs today; is it out of date?");
  }
  for (const notice of notices) log.warn({ feed: facts.feed }, notice);
}

export function fixesTaken(log: Logger, fate: FixFate, count: number): void {
  if (count === 0) return;
  fixes.inc({ fate }, count);
  if (fate !== "taken" && fate !== "doubled" && fate !== "late") {
    log.debug({ fate, count }, "Fixes were not used.");
  }
}

export function transitStated(type: string, state: string): void {
  statements.inc({ type, state });
}

export function fleetSeen(on_run: number, off_run: number): void {
  vehicles.set({ on: "run" }, on_run);
  vehicles.set({ on: "none" }, off_run);
}

/** Rules that our own feeds broke at one look, each told with its first place. */
export function feedsChecked(
  log: Logger,
  found: readonly { readonly rule: string; readonly entity: string; readonly text: string }[],
): void {
  for (const [rule, [first, ...others]] of Map.groupBy(found, (each) => each.rule)) {
    breaches.inc({ rule }, 1 + others.length);
    log.warn({ rule, ...first, more: others.length }, "Our own GTFS-Realtime feed breaks a rule.");
  }
}

/** Statements wait for the bus or the records. */
export function transitTroubled(log: Logger, code: string, why: string): void {
  troubled.inc({ code });
  log.warn({ code, why }, "Transit events could not be stated; tried again.");
}

/** A statement that no retry can make: a fault of ours. */
export function transitGaveUp(log: Logger, code: string, why: string): void {
  troubled.inc({ code });
  log.error({ code, why }, "A transit event could not be stated and is given up.");
}

export function transitResuming(log: Logger, since: string): void {
  log.info({ since }, "Positions of the last hours are read again.");
}

export function transitCaughtUp(log: Logger, facts: { positions: number; lost: number }): void {
  log.info(facts, "Transit is up to the present.");
}

/** What was learnt for predictions cannot be read: it is learnt anew. */
export function memoryUnused(log: Logger, code: string, why: string): void {
  log.warn({ code, why }, "Arrivals are learnt anew.");
}
