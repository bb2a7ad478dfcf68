import type { Box } from "@yardline/domain/box";
import type { Track } from "@yardline/domain/track";
import { follow } from "./follow.ts";
import { rounded } from "./progress.ts";
import {
  defineSceneRule,
  type Finding,
  type Happening,
  type Static,
  Type,
  type Where,
} from "./scene-rule.ts";
import { roundedShare, shownAgain, sightingOf } from "./shown.ts";
import { VEHICLES } from "./vehicles.ts";
import { footOf } from "./zone.ts";

/** A way further off the allowed one than this is against it; across it is neither. */
const AGAINST_DEG_MIN = 120;

const Options = Type.Object({
  travel_min: Type.Number({
    minimum: 0.5,
    maximum: 20,
    description: "How far against the way until it is raised, in the object's own sizes.",
  }),
});

/** One foot and the size of its box, in heights of the picture. */
type Foot = { readonly x: number; readonly y: number; readonly size: number };

type Way = {
  readonly track: Track;
  readonly since_ms: number;
  readonly sightings: number;
  /** Where it came furthest along the allowed way, and, once raised, furthest against it. */
  readonly furthest: Foot;
  readonly back: Foot;
  readonly shown: NonNullable<Happening["shown"]>;
  readonly open: boolean;
};

/**
 * Something goes against the way of a lane: the line is drawn along the lane, its points in the order of driving. One that turns
 * around is raised too; one that rolls back a little is not.
 */
export const wrongWay = defineSceneRule({
  kind: "wrong-way",
  raises: "yard.wrong-way",
  severity: "notice",
  at: "line",
  labels: [...VEHICLES, "bicycle"],
  options: Options,
  defaults: { travel_min: 1.5 },
  start: new Map() as ReadonlyMap<string, Way>,
  judge(before, moment, options, where) {
    const { at_ms } = moment;
    return follow(before, moment, where, {
      seen(way, track) {
        const { next, state, about = next } = followed(way, track, options, where);
        const ended = state === "closed" ? "left" : undefined;
        return { next, finding: state && findingOf(state, about, at_ms, options, where, ended) };
      },
      unseen: (way) => ({ next: way }),
      gone: (way) => (way.open ? findingOf("closed", way, at_ms, options, where, "left") : undefined),
    });
  },
  end: (state, at_ms, options, where) =>
    [...state.values()]
      .filter(({ open }) => open)
      .map((way) => findingOf("closed", way, at_ms, options, where, "lost")),
  progress: (state, _at_ms, { travel_min }, where) =>
    [...state.values()].map((way) => ({
      track: way.track.id,
      open: way.open,
      measures: [
        { name: "against", has: rounded(lengthsOf(way), 1), least: travel_min, unit: "sizes" },
        { name: "turned", has: Math.round(turnedDeg(way, where)), least: AGAINST_DEG_MIN, unit: "deg" },
      ],
    })),
});

function followed(
  before: Way | undefined,
  track: Track,
  { travel_min }: Static<typeof Options>,
  where: Where,
): { readonly next: Way; readonly state?: Finding["state"]; readonly about?: Way } {
  const foot = footIn(track.last.box, where);
  const shown = shownAgain(before?.shown, sightingOf(track));
  const { seen_at_ms: since_ms } = track;
  if (!before)
    return { next: { track, since_ms, sightings: 1, furthest: foot, back: foot, shown, open: false } };
  const seen = { ...before, track, shown, sightings: before.sightings + 1 };
  const along = alongOf(where);
  if (!before.open) {
    if (along(foot) >= along(before.furthest)) {
      return {
        next: {
          ...seen,
          shown: shownAgain(undefined, sightingOf(track)),
          since_ms,
          furthest: foot,
          back: foot,
          sightings: 1,
        },
      };
    }
    const next = { ...seen, back: foot };
    const raised =
      track.state === "confirmed" &&
      lengthsOf(next) >= travel_min &&
      turnedDeg(next, where) >= AGAINST_DEG_MIN;
    return raised ? { next: { ...next, open: true }, state: "opened" } : { next };
  }
  if (along(foot) <= along(before.back)) return { next: { ...seen, back: foot }, state: "updated" };
  // It goes the right way again.
  if ((along(foot) - along(before.back)) / foot.size < travel_min) return { next: seen, state: "updated" };
  return {
    next: { ...seen, since_ms, furthest: foot, back: foot, open: false },
    state: "closed",
    about: seen,
  };
}

function footIn(box: Box, { aspect }: Where): Foot {
  const [x, y] = footOf(box);
  return { x: x * aspect, y, size: Math.sqrt((box.right - box.left) * aspect * (box.bottom - box.top)) };
}

/** How far along the allowed way a foot is. */
function alongOf(where: Where) {
  const [dx, dy] = directionOf(where);
  return ({ x, y }: Foot) => x * dx + y * dy;
}

function directionOf({ line, aspect }: Where): readonly [dx: number, dy: number] {
  const [x1, y1] = line?.points[0] ?? [0, 0];
  const [x2, y2] = line?.points.at(-1) ?? [1, 0];
  const length = Math.hypot((x2 - x1) * aspect, y2 - y1) || 1;
  return [((x2 - x1) * aspect) / length, (y2 - y1) / length];
}

function lengthsOf({ furthest, back }: Way): number {
  return Math.hypot(back.x - furthest.x, back.y - furthest.y) / Math.max(furthest.size, back.size);
}

/** Between its way and the allowed one: 180 is right against it. */
function turnedDeg({ furthest, back }: Way, where: Where): number {
  const [dx, dy] = directionOf(where);
  const [wx, wy] = [back.x - furthest.x, back.y - furthest.y];
  const cosine = (wx * dx + wy * dy) / (Math.hypot(wx, wy) || 1);
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}

function findingOf(
  state: Finding["state"],
  way: Way,
  at_ms: number,
  { travel_min }: Static<typeof Options>,
  where: Where,
  ended?: "left" | "lost",
): Finding {
  const { track, since_ms, sightings, shown } = way;
  const facts = {
    label: track.label,
    score: roundedShare(shown.best.score),
    sightings,
    turned_deg: Math.round(turnedDeg(way, where)),
    travel_lengths: Number(lengthsOf(way).toFixed(1)),
    threshold_lengths: travel_min,
  };
  const data = {
    since_ms,
    until_ms: shown.last.at_ms,
    track: track.id,
    shown,
    facts,
    ...(ended && { ended }),
  };
  return { state, at_ms, key: `${track.id}@${since_ms}`, data };
}
