import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SCENE_RULES } from "./rules.ts";
import type { Finding, Moment, SceneRule } from "./scene-rule.ts";
import { FRAME_MS, findingsOf, momentsOf, type Visit, WHOLE_PICTURE } from "./testing.ts";

/** Thresholds low enough that random scenes are full of happenings. */
const EAGER = {
  after_s: 2,
  count_min: 2,
  release_s: 1,
  heights_min: 0.5,
  travel_min: 0.6,
  passage: "fire-lane",
};
const SCENE_S = 24;
const HOUR_MS = 3_600_000;
const line = {
  points: [
    [0.5, 0.1],
    [0.45, 0.95],
  ],
  into: "right",
} as const;
const WHERE = {
  zone: "z",
  line,
  polygon: [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 1],
    [0.1, 1],
  ] as const,
};

const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
/** Somebody or something that goes from place to place, stands between, and changes its shape. */
const visit = fc
  .record({
    from: fc.integer({ min: 0, max: 60 }),
    lasts: fc.integer({ min: 1, max: 90 }),
    label: fc.constantFrom("person", "person", "car", "bicycle" as const),
    places: fc.array(fc.tuple(share, share, fc.constantFrom(0.1, 0.3), fc.constantFrom(0.1, 0.25)), {
      minLength: 1,
      maxLength: 6,
    }),
    pace: fc.integer({ min: 2, max: 40 }),
    glides: fc.boolean(),
  })
  .map(({ from, lasts, label, places, pace, glides }): Visit => {
    const from_s = (from * FRAME_MS) / 1000;
    const boxAt = (t_s: number) => {
      const steps = Math.round((t_s - from_s) * 5) / pace;
      const [at, next] = [Math.floor(steps), Math.floor(steps) + 1].map(
        (step) => places[step % places.length],
      );
      const share = glides ? steps % 1 : 0;
      const [x = 0.5, y = 0.5] = [0, 1].map(
        (axis) => (at?.[axis] ?? 0) * (1 - share) + (next?.[axis] ?? 0) * share,
      );
      const [, , height = 0.3, width = 0.1] = at ?? [];
      return { left: x - width / 2, right: x + width / 2, top: y - height, bottom: y };
    };
    return { from_s, to_s: from_s + (lasts * FRAME_MS) / 1000, label, boxAt };
  });
const scene = fc.array(visit, { minLength: 1, maxLength: 6 }).map((visits) => momentsOf(visits, SCENE_S));

/** The options that a rule has, made eager. */
function found(rule: SceneRule, moments: readonly Moment[]): readonly Finding[] {
  return findingsOf(rule, shown(rule, moments), eagerly(rule), WHERE);
}

function eagerly(rule: SceneRule) {
  return Object.fromEntries(Object.entries(EAGER).filter(([name]) => name in rule.options.properties));
}

/** Keeps the keys of what is open. */
function note(open: Set<string>, findings: readonly Finding[]): void {
  for (const { state, key } of findings) {
    if (state === "opened") open.add(key);
    if (state === "closed") open.delete(key);
  }
}

/** Only what the rule would be shown. */
function shown(rule: SceneRule, moments: readonly Moment[]): readonly Moment[] {
  return moments.map(({ at_ms, tracks }) => ({
    at_ms,
    tracks: tracks.filter(({ label }) => rule.labels.includes(label)),
  }));
}

const inOrder = (findings: readonly Finding[]) =>
  [...findings].sort((a, b) => a.at_ms - b.at_ms || (a.key < b.key ? -1 : 1));

function moved(moments: readonly Moment[], by_ms: number): readonly Moment[] {
  return moments.map(({ at_ms, tracks }) => ({
    at_ms: at_ms + by_ms,
    tracks: tracks.map((track) => ({
      ...track,
      opened_at_ms: track.opened_at_ms + by_ms,
      seen_at_ms: track.seen_at_ms + by_ms,
    })),
  }));
}

function timesOf(findings: readonly Finding[], less_ms: number) {
  return findings.map(({ state, at_ms, data }) => [
    state,
    at_ms - less_ms,
    data.since_ms - less_ms,
    data.until_ms - less_ms,
    data.track,
    data.facts,
    data.ended,
  ]);
}

/** The others go by what the pictures show beside tracks, of which these scenes have nothing. */
const ABOUT_TRACKS = SCENE_RULES.filter(({ kind, at }) => at !== "camera" && !kind.endsWith("-object"));

describe.each(ABOUT_TRACKS.map((rule) => [rule.kind, rule] as const))("%s", (_kind, rule) => {
  test("raises something in some scene, each thing opened once, closed once at most, and nothing after that", () => {
    let raised = 0;
    fc.assert(
      fc.property(scene, (moments) => {
        const findings = found(rule, moments);
        raised += findings.length;
        for (const [, one] of Map.groupBy(findings, ({ key }) => key)) {
          const states = one.map(({ state }) => state).join(" ");
          expect(states).toMatch(/^(opened( updated)*( closed)?|closed)$/);
          const [first] = one;
          for (const { at_ms, data } of one) {
            expect([data.since_ms, data.track]).toEqual([first?.data.since_ms, first?.data.track]);
            expect(data.since_ms <= data.until_ms && data.until_ms <= at_ms).toBe(true);
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(raised).toBeGreaterThan(0);
  });

  test("closes what is open when watching ends", () => {
    fc.assert(
      fc.property(scene, (moments) => {
        const last = Map.groupBy(found(rule, moments), ({ key }) => key).values();
        for (const one of last) expect(one.at(-1)?.state).toBe("closed");
      }),
      { numRuns: 30 },
    );
  });

  test("its progress tells what is open, in numbers, and asking changes nothing", () => {
    fc.assert(
      fc.property(scene, (moments) => {
        const use = rule.use({ ...rule.defaults, ...eagerly(rule) }, { ...WHOLE_PICTURE, ...WHERE });
        const open = new Set<string>();
        for (const moment of shown(rule, moments)) {
          note(open, use.take(moment));
          const progress = use.progress(moment.at_ms);
          expect(progress.filter((each) => each.open).length).toBe(open.size);
          expect(progress.flatMap(({ measures }) => measures).every(({ has }) => Number.isFinite(has))).toBe(
            true,
          );
          expect(use.progress(moment.at_ms)).toEqual(progress);
        }
      }),
      { numRuns: 20 },
    );
  });

  test("the order of the tracks changes nothing", () => {
    fc.assert(
      fc.property(scene, (moments) => {
        const turned = moments.map(({ at_ms, tracks }) => ({ at_ms, tracks: tracks.toReversed() }));
        expect(inOrder(found(rule, turned))).toEqual(inOrder(found(rule, moments)));
      }),
      { numRuns: 30 },
    );
  });

  test("an hour later it finds the same, an hour later", () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 500_000 }), (moments, hours) => {
        const by_ms = hours * HOUR_MS;
        expect(timesOf(found(rule, moved(moments, by_ms)), by_ms)).toEqual(timesOf(found(rule, moments), 0));
      }),
      { numRuns: 30 },
    );
  });
});
