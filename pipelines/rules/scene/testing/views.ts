import type { Box } from "@yardline/domain/box";
import type { Track } from "@yardline/domain/track";
import type { Standing } from "@yardline/frames/standing";
import type { View } from "@yardline/frames/view";
import type { Finding, RuleInUse, Where } from "../scene-rule.ts";

/** The whole picture of a camera that is as wide as it is high. */
export const EVERYWHERE: Where = { zone: "all", aspect: 1, timezone: "UTC" };

/** A camera that sees what it always sees, but for what is given. */
export function viewOf(at_ms: number, different: Partial<View> = {}): View {
  return {
    at_ms,
    brightness: 110,
    contrast: 40,
    black_at_once: false,
    sharpness: 1,
    energy: 1,
    lost: 0,
    unlike: 0,
    shift: undefined,
    scene_ms: 0,
    blind: false,
    standing: [],
    ...different,
  };
}

/** Something of the size of a bag that has stood since 20 s in a scene that was seen since 0 s. */
export function standingOf(different: Partial<Standing> = {}): Standing {
  return {
    id: "20000-7",
    box: { left: 0.5, top: 0.5, right: 0.53, bottom: 0.55 },
    area: 0.001,
    what: "appeared",
    since_ms: 20_000,
    whole_ms: 21_000,
    scene_ms: 0,
    settles_ms: 320_000,
    ...different,
  };
}

/** Somebody in that box, seen at that time. */
export function trackAt(at_ms: number, box: Box, opened_at_ms = at_ms): Track {
  const last = { label: "person", score: 0.9, box } as const;
  return {
    id: "t1",
    label: "person",
    opened_at_ms,
    seen_at_ms: at_ms,
    last,
    sightings: 5,
    state: "confirmed",
  };
}

/** Shows moments to a rule, one a second. @returns what opened or closed. */
export function watch(
  use: RuleInUse,
  until_s: number,
  momentAt: (t_s: number) => { readonly tracks?: readonly Track[]; readonly view: Partial<View> },
): readonly Finding[] {
  const findings: Finding[] = [];
  for (let t_s = 0; t_s <= until_s; t_s++) {
    const { tracks = [], view } = momentAt(t_s);
    findings.push(...use.take({ at_ms: t_s * 1000, tracks, view: viewOf(t_s * 1000, view) }));
  }
  return [...findings, ...use.end(until_s * 1000)].filter(({ state }) => state !== "updated");
}
