import { areaOf, type Box } from "@yardline/domain/box";
import { type Detection, LABELS, type Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { defineSceneRule, type Finding, type Static, Type } from "./scene-rule.ts";
import { standsIn } from "./zone.ts";

/** One track's stay in one zone. */
export type Stay = {
  readonly zone: string;
  /** Track UUID. */
  readonly track: string;
  readonly label: Label;
  /** Capture times of the first and of the last picture that shows it there. */
  readonly since_ms: EpochMs;
  readonly until_ms: EpochMs;
  /** Best score of its detections there. */
  readonly score: number;
  readonly sightings: number;
  /** The sighting that shows it best: largest and surest. */
  readonly best: { readonly at_ms: EpochMs; readonly detection: Detection };
  /** The sighting of `until_ms`. */
  readonly last: Detection;
  /** Only when closed. `lost`: watching ended before it left. */
  readonly ended?: "left" | "lost";
};

type Held = {
  readonly stay: Stay;
  /** Where it was first seen in the zone. */
  readonly first: Box;
  /** The scores of all its sightings there together. */
  readonly evidence: number;
  readonly open: boolean;
};

const Corner = Type.Tuple([Type.Number({ minimum: 0, maximum: 1 }), Type.Number({ minimum: 0, maximum: 1 })]);

const Options = Type.Object({
  zone: Type.String({ description: "Zone id; `all` is the whole picture." }),
  polygon: Type.Optional(
    Type.Array(Corner, {
      minItems: 3,
      description: "Corners in fractions of the picture; absent: all of it.",
    }),
  ),
  labels: Type.Array(Type.Enum([...LABELS]), { minItems: 1 }),
  score_min: Type.Number({
    minimum: 0,
    maximum: 1,
    description: "The best detection of one that moves must reach this.",
  }),
  score_still_min: Type.Number({
    minimum: 0,
    maximum: 1,
    description: "Of one that has not moved yet: rocks and shadows that look like somebody never do.",
  }),
  sightings_min: Type.Integer({ minimum: 1 }),
  evidence_min: Type.Number({
    minimum: 0,
    description:
      "The scores of its detections together must reach this: two clear sightings do, or three faint ones.",
  }),
  stay_min_ms: Type.Integer({ minimum: 0, description: "From its first to its last sighting there." }),
  away_max_ms: Type.Integer({ minimum: 0, description: "Out of the zone for longer, it has left." }),
});
type Options = Static<typeof Options>;

/** Somebody or something of certain kinds is in a zone: opened once that is sure, closed when the track leaves or is lost. */
export const presence = defineSceneRule({
  kind: "presence",
  options: Options,
  defaults: {
    zone: "all",
    labels: [...LABELS],
    score_min: 0.4,
    score_still_min: 0.45,
    sightings_min: 2,
    evidence_min: 1.1,
    stay_min_ms: 0,
    away_max_ms: 2_000,
  },
  start: new Map<string, Held>(),
  judge(before, { at_ms, tracks }, options) {
    const judged = tracks.map((track) => judgeTrack(before.get(track.id), track, at_ms, options));
    const kept = judged.flatMap(({ held }) => (held ? [[held.stay.track, held] as const] : []));
    return { state: new Map(kept), findings: judged.flatMap(({ finding }) => finding ?? []) };
  },
  end: (state, at_ms) =>
    [...state.values()].filter(({ open }) => open).map(({ stay }) => closed(stay, "lost", at_ms)),
});

function judgeTrack(
  before: Held | undefined,
  track: Track,
  at_ms: EpochMs,
  options: Options,
): { readonly held?: Held; readonly finding?: Finding<Stay> } {
  const inZone = options.polygon === undefined || standsIn(options.polygon, track.last.box);
  const seen = inZone && track.seen_at_ms === at_ms && options.labels.includes(track.label);
  const held = seen ? seenThere(before, track, options) : before;
  if (!held) return {};
  // Where it was seen last counts: a track that is hidden in the zone, or stands still unlooked-at, has not left it.
  const away = !inZone && at_ms - held.stay.until_ms > options.away_max_ms;
  if (away || track.state === "lost") return held.open ? { finding: closed(held.stay, "left", at_ms) } : {};
  if (!held.open || !seen) return { held };
  const state = before?.open ? "updated" : "opened";
  return { held, finding: { state, at_ms, key: keyOf(held.stay), data: held.stay } };
}

function seenThere(before: Held | undefined, track: Track, options: Options): Held {
  const stay = grown(before?.stay, track, options.zone);
  const first = before?.first ?? track.last.box;
  const evidence = (before?.evidence ?? 0) + track.last.score;
  const sure = track.state === "confirmed" && isSure(stay, first, evidence, options);
  return { stay, first, evidence, open: before?.open || sure };
}

function isSure(stay: Stay, first: Box, evidence: number, options: Options): boolean {
  const score_min = hasMoved(first, stay.last.box) ? options.score_min : options.score_still_min;
  return (
    stay.score >= score_min &&
    stay.sightings >= options.sightings_min &&
    evidence >= options.evidence_min &&
    stay.until_ms - stay.since_ms >= options.stay_min_ms
  );
}

/** Boxes of things that stand tremble by a few hundredths of their size. */
const MOVED_SHARE_MIN = 0.4;

function hasMoved(from: Box, to: Box): boolean {
  const across = Math.abs(from.left + from.right - to.left - to.right) / 2;
  const down = Math.abs(from.top + from.bottom - to.top - to.bottom) / 2;
  return across > MOVED_SHARE_MIN * (to.right - to.left) || down > MOVED_SHARE_MIN * (to.bottom - to.top);
}

function grown(stay: Stay | undefined, track: Track, zone: string): Stay {
  const { seen_at_ms, last } = track;
  const sighting = { at_ms: seen_at_ms, detection: last };
  return {
    zone,
    track: track.id,
    label: track.label,
    since_ms: stay?.since_ms ?? seen_at_ms,
    until_ms: seen_at_ms,
    score: Math.max(stay?.score ?? 0, last.score),
    sightings: (stay?.sightings ?? 0) + 1,
    last,
    best: stay && showsBetter(stay.best.detection, last) ? stay.best : sighting,
  };
}

/** Whether `a` shows its object at least as well as `b`. */
function showsBetter(a: Detection, b: Detection): boolean {
  return a.score * areaOf(a.box) >= b.score * areaOf(b.box);
}

function closed(stay: Stay, ended: "left" | "lost", at_ms: EpochMs): Finding<Stay> {
  return { state: "closed", at_ms, key: keyOf(stay), data: { ...stay, ended } };
}

function keyOf({ track, since_ms }: Stay): string {
  return `${track}@${since_ms}`;
}
