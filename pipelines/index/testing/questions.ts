import { MEASURES } from "@yardline/events/event-type";
import fc from "fast-check";
import type { Condition, Field, GeoBox } from "../condition.ts";
import { type Cut, type EventQuery, type Hours, SLICES } from "../event-index.ts";

/** What there is to ask about: names that occur and some that nearly do, words, an area, a time. */
export type Vocabulary = {
  readonly names: Partial<Record<Field, readonly string[]>>;
  readonly texts: readonly string[];
  readonly area: GeoBox;
  readonly from_ms: number;
  readonly to_ms: number;
};

const HOUR_MS = 3_600_000;
/** A histogram is cut into no more than that: clocks that change may add some to `BUCKETS_MAX`. */
const SLICES_CUT = 900;
const SLICE_MS = {
  minute: HOUR_MS / 60,
  "ten-minutes": HOUR_MS / 6,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
} as const;

/** Questions of every shape that is allowed. */
export function questionsAbout(vocabulary: Vocabulary): fc.Arbitrary<EventQuery> {
  const { from_ms, to_ms } = vocabulary;
  return fc
    .record(
      {
        from_ms: fc.integer({ min: from_ms - HOUR_MS, max: to_ms + HOUR_MS }),
        length_ms: fc.integer({ min: 1, max: Math.min(400 * 24 * HOUR_MS, to_ms - from_ms) }),
        hours,
        where: conditionsAbout(vocabulary),
        order: fc.constantFrom("newest", "oldest"),
      },
      { requiredKeys: [] },
    )
    .map(({ length_ms, hours: each, from_ms: begin_ms = from_ms, ...rest }) => ({
      ...rest,
      ...((begin_ms !== from_ms || length_ms !== undefined) && { from_ms: begin_ms }),
      ...(length_ms !== undefined && { to_ms: begin_ms + length_ms }),
      ...(length_ms !== undefined && each && { hours: each }),
    }));
}

/** The same, with both bounds and short enough for how it is cut. */
export function cutQuestionsAbout(vocabulary: Vocabulary): fc.Arbitrary<[EventQuery, Cut]> {
  return fc.tuple(questionsAbout(vocabulary), cuts).map(([query, cut]) => {
    const from_ms = query.from_ms ?? vocabulary.from_ms;
    const to_ms = Math.min(query.to_ms ?? vocabulary.to_ms, from_ms + SLICES_CUT * SLICE_MS[cut.every]);
    return [{ ...query, from_ms, to_ms: Math.max(to_ms, from_ms + 1) }, cut];
  });
}

const cuts: fc.Arbitrary<Cut> = fc
  .record({
    every: fc.constantFrom(...SLICES),
    timezone: fc.constantFrom("Europe/Kyiv", "UTC", "Asia/Kathmandu"),
    by: fc.option(fc.constantFrom<Field>("type", "label", "route", "stop", "zone", "severity"), {
      nil: undefined,
    }),
  })
  .map(({ by, ...cut }) => ({ ...cut, ...(by && { by }) }));

const hours: fc.Arbitrary<Hours> = fc
  .record({
    from_min: fc.integer({ min: 0, max: 1439 }),
    length_min: fc.integer({ min: 1, max: 1439 }),
    timezone: fc.constantFrom("Europe/Kyiv", "UTC", "Asia/Kathmandu"),
  })
  .map(({ from_min, length_min, timezone }) => ({
    from_min,
    to_min: (from_min + length_min) % 1440,
    timezone,
  }));

function conditionsAbout(vocabulary: Vocabulary): fc.Arbitrary<Condition> {
  const leaf = fc.oneof(...namesIn(vocabulary), textsIn(vocabulary), ...measures, ...areasIn(vocabulary));
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { arbitrary: leaf, weight: 4 },
      { arbitrary: fc.array(tie("condition"), { maxLength: 4 }).map(allOf), weight: 3 },
      { arbitrary: fc.array(tie("condition"), { maxLength: 3 }).map(anyOf), weight: 1 },
      { arbitrary: tie("condition").map((of): Condition => ({ op: "not", of })), weight: 1 },
    ),
  }));
  return condition;
}

const allOf = (of: readonly Condition[]): Condition => ({ op: "all", of });
const anyOf = (of: readonly Condition[]): Condition => ({ op: "any", of });

function namesIn({ names }: Vocabulary): fc.Arbitrary<Condition>[] {
  return Object.entries(names).map(([field, values]) =>
    fc
      .subarray([...values], { maxLength: Math.min(4, values.length) })
      .map((chosen): Condition => ({ op: "is", field: field as Field, values: chosen })),
  );
}

function textsIn({ texts }: Vocabulary): fc.Arbitrary<Condition> {
  return fc.constantFrom(...texts).map((text): Condition => ({ op: "words", text }));
}

const measures: readonly fc.Arbitrary<Condition>[] = [
  fc
    .record({
      measure: fc.constantFrom(...MEASURES),
      min: fc.integer({ min: -60, max: 120 }),
      span: fc.nat(120),
    })
    .map(({ measure, min, span }): Condition => ({ op: "measure", measure, min, max: min + span })),
  fc.integer({ min: -60, max: 240 }).map((min): Condition => ({ op: "measure", measure: "delay_s", min })),
];

function areasIn({ area: { west, south, east, north } }: Vocabulary): fc.Arbitrary<Condition>[] {
  const latitude = fc.double({ min: south, max: north, noNaN: true });
  const longitude = fc.double({ min: west, max: east, noNaN: true });
  const radius_m = fc.constantFrom(50, 400, 1500, 9_000, 300_000, 9_000_000);
  return [
    fc
      .tuple(latitude, latitude, longitude, longitude)
      .map(([a, b, c, d]): Condition => ({ op: "box", box: boxBetween(a, b, c, d) })),
    fc
      .record({ center: fc.record({ latitude, longitude }), radius_m })
      .map((circle): Condition => ({ op: "circle", ...circle })),
  ];
}

const boxBetween = (a: number, b: number, c: number, d: number): GeoBox => ({
  south: Math.min(a, b),
  north: Math.max(a, b),
  west: Math.min(c, d),
  east: Math.max(c, d),
});
