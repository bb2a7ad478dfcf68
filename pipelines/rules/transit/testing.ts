import type { Fix } from "@yardline/matching/fix";
import { type Following, follow, hush, UNKNOWN } from "@yardline/matching/follow";
import type { Network } from "@yardline/matching/network";
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
