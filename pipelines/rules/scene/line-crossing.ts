import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { hourOf } from "./hour.ts";
import { cuts, type Point, sideOf } from "./line.ts";
import { defineSceneRule, type Finding, type Moment, Type, type Where } from "./scene-rule.ts";
import { roundedShare, shownAgain, sightingOf } from "./shown.ts";
import { footOf } from "./zone.ts";

/** How far from the line a foot must be to count as on a side: this share of the box, or trembling boxes cross again and again. */
const CLEAR_SHARE = 0.1;

/** Where a track was last clearly on a side of the line. */
type Stand = { readonly inside: boolean; readonly at: Point };

type State = {
  readonly stands: ReadonlyMap<string, Stand>;
  /** Crossings in the local hour that began then, since watching began. */
  readonly hour_ms: EpochMs;
  readonly in: number;
  readonly out: number;
};

/**
 * A foot goes over a line. It is told once, when the foot is clearly on the other side and the way there went through the line, not
 * around its end. Each crossing says its direction and the how-manieth of the hour it is. ONVIF: LineDetector, Crossed; the counts are
 * those of its line counter.
 */
export const lineCrossing = defineSceneRule({
  kind: "line-crossing",
  raises: "yard.line-crossed",
  severity: "info",
  at: "line",
  labels: ["person", "bicycle", "car", "motorcycle", "bus", "truck"],
  options: Type.Object({
    direction: Type.Enum(["both", "in", "out"], {
      description: "Which crossings are told; both are counted. `in` leads to the line's `into` side.",
    }),
  }),
  defaults: { direction: "both" },
  start: { stands: new Map(), hour_ms: 0, in: 0, out: 0 } as State,
  judge(before, moment, { direction }, where) {
    const { state, crossed } = crossings(before, moment, where);
    const told = crossed.filter((each) => direction === "both" || each.direction === direction);
    return { state, findings: told.map((each) => findingOf(each, moment.at_ms)) };
  },
  end: () => [],
  progress: (state) => [
    {
      open: false,
      measures: [
        { name: "in", has: state.in },
        { name: "out", has: state.out },
      ],
    },
  ],
});

type Crossing = {
  readonly track: Track;
  readonly direction: "in" | "out";
  readonly hour_in: number;
  readonly hour_out: number;
};

function crossings(before: State, { at_ms, tracks }: Moment, where: Where) {
  const hour_ms = hourOf(at_ms, where.timezone);
  const counts = hour_ms === before.hour_ms ? { in: before.in, out: before.out } : { in: 0, out: 0 };
  const stands = new Map<string, Stand>();
  const crossed: Crossing[] = [];
  // In a fixed order, or two that cross at once would be counted in the order of the tracker's list.
  for (const track of [...tracks].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const stood = before.stands.get(track.id);
    const stands_now = standOf(track, at_ms, stood, where);
    if (stood && stands_now && stood.inside !== stands_now.inside && crossesLine(where, stood, stands_now)) {
      const direction = stands_now.inside ? "in" : "out";
      counts[direction] += 1;
      crossed.push({ track, direction, hour_in: counts.in, hour_out: counts.out });
    }
    if (stands_now && track.state !== "lost") stands.set(track.id, stands_now);
  }
  return { state: { stands, hour_ms, ...counts }, crossed };
}

function crossesLine({ line }: Where, from: Stand, to: Stand): boolean {
  return line !== undefined && cuts(line, from.at, to.at);
}

function standOf(
  { seen_at_ms, last: { box } }: Track,
  at_ms: EpochMs,
  stood: Stand | undefined,
  { line }: Where,
): Stand | undefined {
  if (line === undefined || seen_at_ms !== at_ms) return stood;
  const at = footOf(box);
  const { inside, away } = sideOf(line, at);
  const size = Math.sqrt((box.right - box.left) * (box.bottom - box.top));
  return away >= CLEAR_SHARE * size ? { inside, at } : stood;
}

function findingOf({ track, direction, hour_in, hour_out }: Crossing, at_ms: EpochMs): Finding {
  const shown = shownAgain(undefined, sightingOf(track));
  const facts = {
    label: track.label,
    score: roundedShare(track.last.score),
    direction,
    hour_in,
    hour_out,
  };
  return {
    state: "closed",
    at_ms,
    key: `${track.id}@${at_ms}`,
    data: { since_ms: at_ms, until_ms: at_ms, track: track.id, shown, facts },
  };
}
