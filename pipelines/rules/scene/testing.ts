import type { Box } from "@yardline/domain/box";
import type { Label } from "@yardline/domain/detection";
import type { Track } from "@yardline/domain/track";
import type { Finding, Moment, SceneRule, Where } from "./scene-rule.ts";

/** A rule sees so many pictures a second. */
export const FRAME_MS = 200;
/** A track is given up when it was hidden for longer. */
const LOST_MS = 3_000;

export const WHOLE_PICTURE: Where = { zone: "all", aspect: 16 / 9, timezone: "UTC" };

/** A track as the tracker would tell it, seen in every picture of [from_s, to_s] and lost three seconds later. */
export type Visit = {
  readonly from_s: number;
  readonly to_s: number;
  readonly score?: number;
  readonly label?: Label;
  /** Width and height, a grown person's without. */
  readonly size?: readonly [width: number, height: number];
  /** Middle of the lower edge at a time. */
  readonly feetAt?: (t_s: number) => readonly [x: number, y: number];
  /** The whole box at a time, where feet are not enough. */
  readonly boxAt?: (t_s: number) => Box;
};

const PERSON_SIZE = [0.1, 0.3] as const;

export function boxOn(
  [x, y]: readonly [number, number],
  [width, height]: readonly [number, number] = PERSON_SIZE,
): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height, bottom: y };
}

function trackAt(visit: Visit, id: string, t_s: number): Track | undefined {
  const { from_s, to_s, score = 0.8, label = "person", size, feetAt = () => [0.5, 0.8] as const } = visit;
  const gone_ms = Math.round((t_s - to_s) * 1000);
  if (t_s < from_s || gone_ms > LOST_MS + FRAME_MS) return undefined;
  const seen_s = Math.min(t_s, to_s);
  const sightings = Math.round(((seen_s - from_s) * 1000) / FRAME_MS) + 1;
  return {
    id,
    label,
    opened_at_ms: from_s * 1000,
    seen_at_ms: Math.round(seen_s * 1000),
    last: { label, score, box: visit.boxAt?.(seen_s) ?? boxOn(feetAt(seen_s), size) },
    sightings,
    state: gone_ms > LOST_MS ? "lost" : sightings >= 2 ? "confirmed" : "tentative",
  };
}

/** Visits as the moments of a camera; the n-th visit is track `t{n}`. */
export function momentsOf(visits: readonly Visit[], until_s: number): readonly Moment[] {
  return Array.from({ length: Math.floor((until_s * 1000) / FRAME_MS) + 1 }, (_, index) => {
    const at_ms = index * FRAME_MS;
    const tracks = visits.flatMap((visit, serial) => trackAt(visit, `t${serial}`, at_ms / 1000) ?? []);
    return { at_ms, tracks };
  });
}

/** Shows moments to a rule, then ends. @returns every finding, in order. */
export function findingsOf<Rule extends SceneRule>(
  rule: Rule,
  moments: readonly Moment[],
  options: Partial<Rule["defaults"]> = {},
  where: Partial<Where> = {},
): readonly Finding[] {
  const used = rule.use({ ...rule.defaults, ...options }, { ...WHOLE_PICTURE, ...where });
  const findings = moments.flatMap((moment) => used.take(moment));
  return [...findings, ...used.end(moments.at(-1)?.at_ms ?? 0)];
}

/** Shows visits to a rule, 5 pictures a second. @returns the findings that opened or closed something. */
export function watch<Rule extends SceneRule>(
  rule: Rule,
  visits: readonly Visit[],
  until_s: number,
  options: Partial<Rule["defaults"]> = {},
  where: Partial<Where> = {},
): readonly Finding[] {
  return findingsOf(rule, momentsOf(visits, until_s), options, where).filter(
    ({ state }) => state !== "updated",
  );
}

/** What was found as short lines: `opened 61.2 t0 {…}`. */
export function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ state, at_ms, data: { track, ended } }) =>
    [state, at_ms / 1000, track, ended].filter((word) => word !== undefined).join(" "),
  );
}
