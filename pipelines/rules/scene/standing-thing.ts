import type { Box } from "@yardline/domain/box";
import { areaOf } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import type { Standing } from "@yardline/frames/standing";
import { measuredSeconds, type Progress, rounded } from "./progress.ts";
import {
  type Finding,
  type Happening,
  type Moment,
  type Sighting,
  type Static,
  Type,
  type Where,
} from "./scene-rule.ts";
import { roundedShare, shownAgain } from "./shown.ts";
import { standsIn } from "./zone.ts";

/**
 * How something that was put down, or taken away, ended. `undone`: it was taken away again, or is back; `settled`: it stayed so long that
 * it is part of the scene now; `known`: it is one of the things that are followed, a car say; `lost`: watching ended.
 */
type Ended = "undone" | "settled" | "known" | "lost";

/** One standing part of the picture under one rule. */
export type Held = {
  /** As it was last seen, and when. */
  readonly standing: Standing;
  readonly seen_ms: EpochMs;
  /** Views in which it was what the rule looks for, less those in which it was not. */
  readonly votes: number;
  /** Somebody or something that is followed was it once: it is nobody's left thing then. */
  readonly explained: boolean;
  /** When somebody or something that is followed was last in front of it. */
  readonly hidden_ms: EpochMs | undefined;
  /** While open; its key is the region's id. */
  readonly thing: { readonly key: string; readonly data: Happening } | undefined;
};
export type HeldThings = ReadonlyMap<string, Held>;

export const ThingOptions = Type.Object({
  stay_min_s: Type.Number({
    minimum: 2,
    maximum: 86_400,
    description: "Seconds unchanged and in full view until it is raised.",
  }),
  area_min: Type.Number({ minimum: 0, maximum: 1, description: "Share of the picture, at least." }),
  area_max: Type.Number({ minimum: 0, maximum: 1, description: "Share of the picture, at most." }),
});
export type ThingOptions = Static<typeof ThingOptions>;

/** `now`: a followed object is in front of it or is it; `ever`: it is a followed object, and stays it when that is lost from sight. */
export type Explanation = "now" | "ever" | undefined;

/** Nobody who is followed may have been in front of it for so long: who stood there may only just have gone. */
const FREE_MIN_MS = 3_000;
/** It must be foreign for so many stays more: in the first seconds nobody knows what belongs to the scene. */
const SETTLES_STAYS_MIN = 3;

type Question = {
  readonly options: ThingOptions;
  readonly where: Where;
  readonly wanted: "appeared" | "vanished";
  explain(standing: Standing): Explanation;
};

/** One view's standing parts under a rule that looks for what `appeared` or `vanished`. */
export function judgeThings(
  before: HeldThings,
  { at_ms, view }: Moment,
  question: Question,
): { readonly held: HeldThings; readonly findings: readonly Finding[] } {
  // What nobody can see is neither there nor gone.
  if (!view || view.blind) return { held: before, findings: [] };
  const findings: Finding[] = [];
  const held = new Map<string, Held>();
  for (const each of view.standing) {
    const judged = judgeOne(before.get(each.id), each, { at_ms, seen_ms: view.at_ms }, question);
    held.set(each.id, judged.held);
    if (judged.finding) findings.push(judged.finding);
  }
  for (const [id, { thing, standing }] of before) {
    if (thing && !held.has(id))
      findings.push(closed(thing, at_ms >= standing.settles_ms ? "settled" : "undone", at_ms));
  }
  return { held, findings };
}

/** Watching ends: what is open is closed as lost. */
export function endThings(held: HeldThings, at_ms: EpochMs): readonly Finding[] {
  return [...held.values()].flatMap(({ thing }) => (thing ? [closed(thing, "lost", at_ms)] : []));
}

/** How long each standing part has stood, and what keeps it from being raised. */
export function progressOfThings(
  held: HeldThings,
  { stay_min_s, area_min, area_max }: ThingOptions,
  { polygon }: Where,
  wanted: Standing["what"],
): readonly Progress[] {
  return [...held.values()].map((each) => {
    const { standing, seen_ms, thing } = each;
    const { area, whole_ms } = standing;
    const hindered = thing ? undefined : hindranceOf(each, polygon, wanted);
    return {
      open: thing !== undefined,
      measures: [
        { name: "stands", has: measuredSeconds(seen_ms - whole_ms), least: stay_min_s, unit: "s" },
        { name: "area", has: percent(area), least: percent(area_min), most: percent(area_max), unit: "%" },
      ],
      ...(hindered !== undefined && { hindered }),
    };
  });
}

function hindranceOf(
  { standing: { box, what }, votes, explained }: Held,
  polygon: Where["polygon"],
  wanted: Standing["what"],
): string | undefined {
  if (explained) return "it is followed";
  if (polygon !== undefined && !standsIn(polygon, box)) return "outside the zone";
  if (votes > 0 && what === wanted) return undefined;
  return what === wanted ? "just now it was something else" : what;
}

function percent(share: number): number {
  return rounded(100 * share);
}

function judgeOne(
  before: Held | undefined,
  standing: Standing,
  { at_ms, seen_ms }: { readonly at_ms: EpochMs; readonly seen_ms: EpochMs },
  { options, where, wanted, explain }: Question,
): { readonly held: Held; readonly finding?: Finding } {
  const explanation = explain(standing);
  const explained = before?.explained || explanation === "ever";
  const votes = (before?.votes ?? 0) + (standing.what === wanted ? 1 : -1);
  const hidden_ms = explanation ? seen_ms : before?.hidden_ms;
  const held = { standing, seen_ms, votes, explained, hidden_ms, thing: undefined };
  const open = before?.thing;
  if (open && explained) return { held, finding: closed(open, "known", at_ms) };
  if (open) {
    const { shown } = open.data;
    const data = {
      ...open.data,
      until_ms: seen_ms,
      ...(shown && { shown: shownAgain(shown, sightingAt(seen_ms, standing.box)) }),
    };
    const thing = { ...open, data };
    const finding: Finding = { state: "updated", at_ms, ...thing };
    return { held: { ...held, thing }, ...(seen_ms > open.data.until_ms && { finding }) };
  }
  if (explained || !isDue(standing, held, seen_ms, options, where) || standing.what !== wanted)
    return { held };
  const thing = thingOf(standing, seen_ms);
  return { held: { ...held, thing }, finding: { state: "opened", at_ms, ...thing } };
}

function thingOf({ id, box, area, since_ms }: Standing, seen_ms: EpochMs): NonNullable<Held["thing"]> {
  const facts = { region: id, area: roundedShare(area) };
  return {
    key: id,
    data: { since_ms, until_ms: seen_ms, shown: shownAgain(undefined, sightingAt(seen_ms, box)), facts },
  };
}

/** Nobody scores how much a thing that has no name looks like one. */
function sightingAt(at_ms: EpochMs, box: Box): Sighting {
  return { at_ms, box, score: 1 };
}

function isDue(
  { box, area, whole_ms, settles_ms }: Standing,
  { votes, hidden_ms = Number.NEGATIVE_INFINITY }: Pick<Held, "votes" | "hidden_ms">,
  seen_ms: EpochMs,
  { stay_min_s, area_min, area_max }: ThingOptions,
  { polygon }: Where,
): boolean {
  const stay_min_ms = stay_min_s * 1000;
  const stayed = seen_ms - whole_ms >= stay_min_ms && seen_ms - hidden_ms >= FREE_MIN_MS;
  const isForeign = settles_ms - whole_ms >= SETTLES_STAYS_MIN * stay_min_ms;
  const fits = area >= area_min && area <= area_max && (polygon === undefined || standsIn(polygon, box));
  return stayed && votes > 0 && isForeign && fits;
}

function closed({ key, data }: NonNullable<Held["thing"]>, ended: Ended, at_ms: EpochMs): Finding {
  return { state: "closed", at_ms, key, data: { ...data, ended } };
}

/** A followed object hides or is the thing when its box holds so much of it. */
export const COVERED_MIN = 0.5;
/** Of the object's box the thing must fill so much to be the object itself, not something at its feet. */
const FILL_MIN = 0.25;

/** Whether a followed object is in front of it or is it. */
export function explainedBy({ box, area }: Standing, tracks: readonly Track[]): Explanation {
  const covering = tracks.filter(
    ({ state, last }) => state !== "lost" && shareIn(box, last.box) >= COVERED_MIN,
  );
  if (covering.length === 0) return undefined;
  return covering.some(({ last }) => area >= FILL_MIN * areaOf(last.box)) ? "ever" : "now";
}

/** What a followed object stirs around it: its shadow, its reflection. A share of its own size. */
const MARGIN = 0.15;

/** Share of a box that lies in another one, its margin included. */
export function shareIn(box: Box, { left, top, right, bottom }: Box): number {
  const [across, down] = [(right - left) * MARGIN, (bottom - top) * MARGIN];
  const shared = areaOf({
    left: Math.max(box.left, left - across),
    top: Math.max(box.top, top - down),
    right: Math.min(box.right, right + across),
    bottom: Math.min(box.bottom, bottom + down),
  });
  return shared / Math.max(areaOf(box), Number.EPSILON);
}
