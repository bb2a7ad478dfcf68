import type { EpochMs } from "@yardline/domain/time";
import type { Track } from "@yardline/domain/track";
import { type After, follow } from "./follow.ts";
import { measuredSeconds, rounded } from "./progress.ts";
import { defineSceneRule, type Finding, type Happening, Type } from "./scene-rule.ts";
import { roundedShare, secondsOf, shownAgain, sightingOf } from "./shown.ts";

/** A box this much flatter than the person's usual one lies; one that has come back to this much stands again. */
const LIES_SHARE = 0.5;
const STANDS_SHARE = 0.75;
/** Sightings until a person's usual shape is known, and how fast it is learnt. */
const SIGHTINGS_MIN = 5;
const LEARN_SHARE = 0.1;

type Person = {
  readonly track: Track;
  /** Height over width of the box while the person is up, and of now. */
  readonly usual: number;
  readonly now: number;
  readonly sightings: number;
  readonly down_ms?: EpochMs;
  readonly shown?: Happening["shown"];
  readonly open: boolean;
};

/**
 * Experimental. Somebody who was upright becomes much flatter and stays so: as one who fell does, but also one who sits down, lies on
 * a bench, or stoops for long behind a hedge. It knows boxes, no bodies; a fall towards the camera it does not see. Nobody may rely on
 * it for help to come.
 */
export const fallLike = defineSceneRule({
  kind: "fall-like",
  raises: "yard.fall-like",
  severity: "notice",
  at: "zone",
  labels: ["person"],
  options: Type.Object({
    after_s: Type.Number({ minimum: 1, maximum: 600, description: "Raised when it has lasted so long." }),
  }),
  defaults: { after_s: 4 },
  start: new Map() as ReadonlyMap<string, Person>,
  judge(before, moment, { after_s }, where) {
    const { at_ms } = moment;
    const raisedIfLong = (person: Person): After<Person> => {
      if (person.open || person.down_ms === undefined) return { next: person };
      if (at_ms - person.down_ms < after_s * 1000) return { next: person };
      const next = { ...person, open: true };
      return { next, finding: findingOf("opened", next, at_ms) };
    };
    return follow(before, moment, where, {
      seen(known, track) {
        const person = seenAgain(known, track);
        if (!known?.open) return raisedIfLong(person);
        if (person.down_ms !== undefined)
          return { next: person, finding: findingOf("updated", person, at_ms) };
        return { next: { ...person, open: false }, finding: findingOf("closed", known, at_ms, "left") };
      },
      unseen: raisedIfLong,
      gone: (person) => (person.open ? findingOf("closed", person, at_ms, "left") : undefined),
    });
  },
  end: (state, at_ms) =>
    [...state.values()]
      .filter(({ open }) => open)
      .map((person) => findingOf("closed", person, at_ms, "lost")),
  progress: (state, at_ms, { after_s }) =>
    [...state.values()].map(({ track, now, usual, sightings, down_ms, open }) => ({
      track: track.id,
      open,
      measures: [
        { name: "shape", has: rounded(now / usual), most: LIES_SHARE },
        ...(down_ms === undefined
          ? [{ name: "known from", has: sightings, least: SIGHTINGS_MIN, unit: "x" }]
          : [{ name: "down", has: measuredSeconds(at_ms - down_ms), least: after_s, unit: "s" }]),
      ],
    })),
});

function seenAgain(before: Person | undefined, track: Track): Person {
  const { left, top, right, bottom } = track.last.box;
  const now = (bottom - top) / (right - left);
  if (!before) return { track, usual: now, now, sightings: 1, open: false };
  const sightings = before.sightings + 1;
  const share = now / before.usual;
  const down = before.down_ms === undefined ? share <= LIES_SHARE : share < STANDS_SHARE;
  if (!down || sightings < SIGHTINGS_MIN) {
    const usual = before.usual + LEARN_SHARE * (now - before.usual);
    return { track, usual, now, sightings, open: before.open };
  }
  const shown = shownAgain(before.shown, sightingOf(track));
  return { ...before, track, now, sightings, down_ms: before.down_ms ?? track.seen_at_ms, shown };
}

function findingOf(
  state: Finding["state"],
  { track, down_ms = 0, usual, now, shown }: Person,
  at_ms: EpochMs,
  ended?: "left" | "lost",
): Finding {
  const facts = {
    label: track.label,
    score: roundedShare(shown?.best.score ?? 0),
    shape_share: Number((now / usual).toFixed(2)),
    still_s: secondsOf(at_ms - down_ms),
    experimental: true,
  };
  const until_ms = shown?.last.at_ms ?? down_ms;
  const data = {
    since_ms: down_ms,
    until_ms,
    track: track.id,
    ...(shown && { shown }),
    facts,
    ...(ended && { ended }),
  };
  return { state, at_ms, key: `${track.id}@${down_ms}`, data };
}
