import { isoOf } from "@yardline/domain/time";
import type { Fix } from "@yardline/matching/fix";
import { type Following, follow, hush, UNKNOWN } from "@yardline/matching/follow";
import type { Network } from "@yardline/matching/network";
import { arrivalOf, departureOf, type Run, type Timetable } from "@yardline/timetable/timetable";
import type { Finding, TransitRule } from "./transit-rule.ts";

/** What one rule finds in the fixes of vehicle 7, as `stop_id state delay facts…`, one line a finding. */
export function findingsOf(
  network: Network,
  rule: TransitRule,
  fixes: readonly Fix[],
  silentUntil_ms?: number,
): readonly Finding[] {
  let following: Following = UNKNOWN;
  let judge = rule.start;
  const found: Finding[] = [];
  const steps = fixes.map((fix) => () => {
    const step = follow(network, "7", following, fix);
    following = step.following;
    return step.moves;
  });
  const end = () => (silentUntil_ms === undefined ? [] : hush("7", following, silentUntil_ms));
  for (const step of [...steps, end]) {
    for (const move of step()) {
      const judged = judge.judge(move);
      judge = judged.next;
      found.push(...judged.findings);
    }
  }
  return found;
}

/** A finding in one line: stop, state and facts, instants as seconds after the run's scheduled start. */
export function lineOf({ run, stop, state, facts }: Finding): string {
  const start_ms = run.origin_ms + (run.trip.departure_s[0] ?? 0) * 1000;
  const texts = Object.entries(facts).map(([name, value]) =>
    name.endsWith("_at")
      ? `${name} +${Math.round((Date.parse(String(value)) - start_ms) / 1000)}`
      : `${name} ${value}`,
  );
  return [run.trip.pattern.stops[stop]?.stop_id, state, ...texts].join(" ");
}

/** A stop visit as its rule finds it: so many seconds after the run's scheduled times, standing for so long. */
export function visitOf(
  timetable: Timetable,
  run: Run,
  stop: number,
  {
    vehicle_id = "7",
    late_s = 0,
    stood_s = 20,
  }: { vehicle_id?: string; late_s?: number; stood_s?: number } = {},
): Finding {
  const isLast = stop === run.trip.pattern.stops.length - 1;
  const [arrived_ms, departed_ms] = [arrivalOf(run, stop), departureOf(run, stop) + stood_s * 1000];
  const facts = {
    arrived_at: isoOf(arrived_ms + late_s * 1000),
    ...(!isLast && { departed_at: isoOf(departed_ms + late_s * 1000) }),
  };
  const key = `${run.trip.trip_id} ${run.service_date} ${stop}`;
  return {
    ...{ raises: "transit.stop-visit", key, state: "closed", severity: "info" },
    ...{ vehicle_id, timetable, run, stop, facts, at_ms: departed_ms + late_s * 1000 },
  };
}

/** A finding about a run among others in one line. */
export function fleetLineOf({ raises, vehicle_id, run, stop, state, facts }: Finding): string {
  const name = `${raises.slice(8)} ${run.trip.trip_id} ${run.trip.pattern.stops[stop]?.stop_id} ${state}`;
  const texts = Object.entries(facts).map(([fact, value]) => `${fact} ${value}`);
  return [name, ...(vehicle_id === undefined ? [] : [`vehicle ${vehicle_id}`]), ...texts].join(" ");
}
