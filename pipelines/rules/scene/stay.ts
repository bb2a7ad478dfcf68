import type { Box } from "@yardline/domain/box";
import type { Label } from "@yardline/domain/detection";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import type { Measure, Progress } from "./progress.ts";
import type { Finding, Happening, Judged, Moment, Where } from "./scene-rule.ts";
import { shownAgain, sightingOf } from "./shown.ts";
import { standsIn } from "./zone.ts";

/** One track's stay in one zone. */
export type Stay = {
  readonly track: string;
  readonly label: Label;
  readonly since_ms: EpochMs;
  /** Its last sighting there. */
  readonly until_ms: EpochMs;
  /** Best score of its detections there, and all of them together. */
  readonly score: number;
  readonly evidence: number;
  readonly sightings: number;
  /** Where it was first seen in the zone. */
  readonly first: Box;
  readonly shown: NonNullable<Happening["shown"]>;
  readonly open: boolean;
};

export type Stays = ReadonlyMap<string, Stay>;
export const NO_STAYS: Stays = new Map();

type FactsOf = (stay: Stay) => Happening["facts"];

/** What makes a stay worth telling, and what is told of it. */
type Question = {
  /** Out of the zone for longer, it has left. */
  readonly away_max_s: number;
  /** Asked of a confirmed track at every moment until it is so. */
  isSure(stay: Stay, at_ms: EpochMs): boolean;
  readonly factsOf: FactsOf;
};

/** Follows each track's stay in the zone: opened once it is sure, closed when the track leaves or is lost. */
export function judgeStays(before: Stays, moment: Moment, question: Question, where: Where): Judged<Stays> {
  const judged = moment.tracks.map((track) =>
    judgeTrack(before.get(track.id), track, moment.at_ms, question, where),
  );
  const kept = judged.flatMap(({ stay }) => (stay ? [[stay.track, stay] as const] : []));
  return { state: new Map(kept), findings: judged.flatMap(({ finding }) => finding ?? []) };
}

/** Watching ends. @returns the closings. */
export function endStays(stays: Stays, at_ms: EpochMs, factsOf: FactsOf): readonly Finding[] {
  return [...stays.values()]
    .filter(({ open }) => open)
    .map((stay) => findingOf("closed", stay, at_ms, factsOf, "lost"));
}

/** How far each stay has come. */
export function progressOfStays(
  stays: Stays,
  measuresOf: (stay: Stay) => readonly Measure[],
): readonly Progress[] {
  return [...stays.values()].map((stay) => ({
    track: stay.track,
    open: stay.open,
    measures: measuresOf(stay),
  }));
}

function judgeTrack(
  before: Stay | undefined,
  track: Track,
  at_ms: EpochMs,
  { away_max_s, isSure, factsOf }: Question,
  { polygon }: Where,
): { readonly stay?: Stay; readonly finding?: Finding } {
  const inZone = polygon === undefined || standsIn(polygon, track.last.box);
  const seen = inZone && track.seen_at_ms === at_ms;
  const stay = seen ? seenThere(before, track) : before;
  if (!stay) return {};
  // Where it was seen last counts: a track that is hidden in the zone, or stands still unlooked-at, has not left it.
  const away = !inZone && at_ms - stay.until_ms > away_max_s * 1000;
  if (away || track.state === "lost") {
    return stay.open ? { finding: findingOf("closed", stay, at_ms, factsOf, "left") } : {};
  }
  if (stay.open) return { stay, ...(seen && { finding: findingOf("updated", stay, at_ms, factsOf) }) };
  if (!inZone || track.state !== "confirmed" || !isSure(stay, at_ms)) return { stay };
  const opened = { ...stay, open: true };
  return { stay: opened, finding: findingOf("opened", opened, at_ms, factsOf) };
}

function seenThere(before: Stay | undefined, track: Track): Stay {
  const { seen_at_ms, last } = track;
  return {
    track: track.id,
    label: track.label,
    since_ms: before?.since_ms ?? seen_at_ms,
    until_ms: seen_at_ms,
    score: Math.max(before?.score ?? 0, last.score),
    evidence: (before?.evidence ?? 0) + last.score,
    sightings: (before?.sightings ?? 0) + 1,
    first: before?.first ?? last.box,
    shown: shownAgain(before?.shown, sightingOf(track)),
    open: before?.open ?? false,
  };
}

function findingOf(
  state: Finding["state"],
  stay: Stay,
  at_ms: EpochMs,
  factsOf: FactsOf,
  ended?: "left" | "lost",
): Finding {
  const { track, since_ms, until_ms, shown } = stay;
  const data = { since_ms, until_ms, track, shown, facts: factsOf(stay), ...(ended && { ended }) };
  return { state, at_ms, key: `${track}@${since_ms}`, data };
}
