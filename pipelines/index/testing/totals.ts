import fc from "fast-check";
import { expect, test } from "vitest";
import { BUCKETS_MAX, COUNT_MAX, type Cut, type EventQuery } from "../event-index.ts";
import { Oracle } from "../oracle.ts";
import { everyStatement, statementOf, stayAt, VOCABULARY } from "../scenes.ts";
import type { Start } from "./place.ts";
import { cutQuestionsAbout, questionsAbout } from "./questions.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const at = (instant: string): number => Date.parse(instant);

/** `count` and `histogram`. */
export function testTotals(start: Start): void {
  test("counts what a search would find, exactly", async () => {
    const { index } = await start();
    expect(await index.count({})).toEqual({ value: 0, exact: true });
    const withdrawn = { ...statementOf(9, 1), state: "withdrawn" } as const;
    await index.put([statementOf(1, 0), statementOf(1, 1), statementOf(3, 0), statementOf(9, 0), withdrawn]);
    await index.refresh();
    expect(await index.count({})).toEqual({ value: 2, exact: true });
    expect(await index.count({ where: { op: "is", field: "type", values: ["yard.presence"] } })).toEqual({
      value: 1,
      exact: true,
    });
  });

  test(`beyond ${COUNT_MAX} it says that there are at least so many`, { timeout: 60_000 }, async () => {
    const { index } = await start();
    const begin_ms = at("2026-11-09T00:00:00Z");
    const BATCH = 1_000;
    for (let from = 0; from <= COUNT_MAX; from += BATCH) {
      await index.put(Array.from({ length: BATCH }, (_, n) => stayAt(begin_ms + (from + n) * 1_000)));
    }
    await index.refresh();
    expect(await index.count({})).toEqual({ value: COUNT_MAX, exact: false });
    const some = { to_ms: begin_ms + 9_000_000 };
    expect(await index.count(some)).toEqual({ value: 9_000, exact: true });
  });

  test.for(DAYS)("a histogram over $what", async ({ events, query, cut, buckets }) => {
    const { index } = await start();
    await index.put(events);
    await index.refresh();
    expect(await index.histogram(query, cut)).toEqual(buckets);
  });

  test.for(TOO_MUCH)("a histogram is refused $what", async ({ query, cut }) => {
    const { index } = await start();
    const refused = index.histogram(query, cut);
    await expect(refused).rejects.toMatchObject({ code: "INDEX_QUERY", retryable: false });
  });

  test("counts and histograms agree with going through a list", async () => {
    const { index } = await start();
    const oracle = new Oracle();
    await index.put(everyStatement);
    oracle.put(everyStatement);
    await index.refresh();
    await fc.assert(
      fc.asyncProperty(questionsAbout(VOCABULARY), async (query) => {
        expect(await index.count(query)).toEqual({ value: oracle.search(query).length, exact: true });
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(cutQuestionsAbout(VOCABULARY), async ([query, cut]) => {
        expect(await index.histogram(query, cut)).toEqual(oracle.histogram(query, cut));
      }),
      { numRuns: 150 },
    );
  });
}

const KYIV = { every: "day", timezone: "Europe/Kyiv" } as const;
const stays = (...instants: readonly string[]) => instants.map((instant) => stayAt(at(instant)));
const november: EventQuery = { from_ms: at("2026-11-01T00:00:00Z"), to_ms: at("2026-12-01T00:00:00Z") };

const DAYS: readonly {
  readonly what: string;
  readonly events: ReturnType<typeof stays>;
  readonly query: EventQuery;
  readonly cut: Cut;
  readonly buckets: readonly { at_ms: number; value?: string; count: number }[];
}[] = [
  { what: "nothing", events: [], query: november, cut: KYIV, buckets: [] },
  {
    what: "a day of 23 hours",
    events: stays("2026-03-28T22:00:00Z", "2026-03-29T20:59:59.999Z", "2026-03-29T21:00:00Z"),
    query: { from_ms: at("2026-03-28T00:00:00Z"), to_ms: at("2026-03-31T00:00:00Z") },
    cut: KYIV,
    buckets: [
      { at_ms: at("2026-03-28T22:00:00Z"), count: 2 },
      { at_ms: at("2026-03-29T21:00:00Z"), count: 1 },
    ],
  },
  {
    what: "a day of 25 hours",
    events: stays("2026-10-24T21:00:00Z", "2026-10-25T21:59:59.999Z", "2026-10-25T22:00:00Z"),
    query: { from_ms: at("2026-10-24T00:00:00Z"), to_ms: at("2026-10-27T00:00:00Z") },
    cut: KYIV,
    buckets: [
      { at_ms: at("2026-10-24T21:00:00Z"), count: 2 },
      { at_ms: at("2026-10-25T22:00:00Z"), count: 1 },
    ],
  },
  {
    what: "an hour that comes twice",
    events: stays("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
    query: { from_ms: at("2026-10-25T00:00:00Z"), to_ms: at("2026-10-26T00:00:00Z") },
    cut: { every: "hour", timezone: "Europe/Kyiv" },
    buckets: [
      { at_ms: at("2026-10-25T00:00:00Z"), count: 1 },
      { at_ms: at("2026-10-25T01:00:00Z"), count: 1 },
    ],
  },
  {
    what: "hours that begin at a quarter",
    events: stays("2026-11-10T00:14:59.999Z", "2026-11-10T00:15:00Z", "2026-11-10T01:14:00Z"),
    query: november,
    cut: { every: "hour", timezone: "Asia/Kathmandu" },
    buckets: [
      { at_ms: at("2026-11-09T23:15:00Z"), count: 1 },
      { at_ms: at("2026-11-10T00:15:00Z"), count: 2 },
    ],
  },
  {
    what: "minutes",
    events: stays("2026-11-10T08:09:59.999Z", "2026-11-10T08:10:00Z", "2026-11-10T08:10:59Z"),
    query: { from_ms: at("2026-11-10T00:00:00Z"), to_ms: at("2026-11-10T12:00:00Z") },
    cut: { every: "minute", timezone: "Europe/Kyiv" },
    buckets: [
      { at_ms: at("2026-11-10T08:09:00Z"), count: 1 },
      { at_ms: at("2026-11-10T08:10:00Z"), count: 2 },
    ],
  },
  {
    what: "tens of minutes of a clock that is a quarter off",
    events: stays(
      "2026-11-10T08:14:00Z",
      "2026-11-10T08:15:00Z",
      "2026-11-10T08:24:59Z",
      "2026-11-10T08:25:00Z",
    ),
    query: { from_ms: at("2026-11-10T00:00:00Z"), to_ms: at("2026-11-12T00:00:00Z") },
    cut: { every: "ten-minutes", timezone: "Asia/Kathmandu" },
    buckets: [
      { at_ms: at("2026-11-10T08:05:00Z"), count: 1 },
      { at_ms: at("2026-11-10T08:15:00Z"), count: 2 },
      { at_ms: at("2026-11-10T08:25:00Z"), count: 1 },
    ],
  },
  {
    what: "the minutes of an hour that comes twice",
    events: stays("2026-10-25T00:30:10Z", "2026-10-25T01:30:20Z"),
    query: { from_ms: at("2026-10-25T00:00:00Z"), to_ms: at("2026-10-25T06:00:00Z") },
    cut: { every: "ten-minutes", timezone: "Europe/Kyiv", by: "type" },
    buckets: [
      { at_ms: at("2026-10-25T00:30:00Z"), value: "yard.presence", count: 1 },
      { at_ms: at("2026-10-25T01:30:00Z"), value: "yard.presence", count: 1 },
    ],
  },
  {
    what: "the part of an hour that was asked for",
    events: stays("2026-11-10T08:10:00Z", "2026-11-10T08:40:00Z"),
    query: { from_ms: at("2026-11-10T08:30:00Z"), to_ms: at("2026-11-10T09:30:00Z") },
    cut: { every: "hour", timezone: "UTC" },
    buckets: [{ at_ms: at("2026-11-10T08:00:00Z"), count: 1 }],
  },
  {
    what: "the values of a field, each of several counted",
    events: [statementOf(1, 0), stayAt(at("2026-11-10T08:40:00Z"), { zone: "Гойдалки" })],
    query: november,
    cut: { every: "day", timezone: "UTC", by: "stop" },
    buckets: [
      { at_ms: at("2026-11-09T00:00:00Z"), value: "s", count: 1 },
      { at_ms: at("2026-11-09T00:00:00Z"), value: "вокзал", count: 1 },
    ],
  },
  {
    what: "revisions and what was withdrawn",
    events: [
      stayAt(at("2026-11-10T08:00:00Z")),
      stayAt(at("2026-11-10T08:00:00Z"), { revision: 1, label: "dog" }),
      stayAt(at("2026-11-11T08:00:00Z")),
      { ...stayAt(at("2026-11-11T08:00:00Z"), { revision: 1 }), state: "withdrawn" },
    ],
    query: november,
    cut: { every: "day", timezone: "UTC", by: "label" },
    buckets: [{ at_ms: at("2026-11-10T00:00:00Z"), value: "dog", count: 1 }],
  },
];

const TOO_MUCH: readonly { what: string; query: EventQuery; cut: Cut }[] = [
  { what: "without a beginning", query: { to_ms: 1 }, cut: KYIV },
  { what: "without an end", query: { from_ms: 1 }, cut: KYIV },
  { what: "in no time zone", query: november, cut: { every: "day", timezone: "Mars/Olympus" } },
  {
    what: "with too many minutes",
    query: { from_ms: 0, to_ms: (BUCKETS_MAX + 1) * MINUTE_MS },
    cut: { every: "minute", timezone: "UTC" },
  },
  {
    what: "with too many tens of minutes",
    query: { from_ms: 0, to_ms: (BUCKETS_MAX + 1) * 10 * MINUTE_MS },
    cut: { every: "ten-minutes", timezone: "UTC" },
  },
  {
    what: "with too many hours",
    query: { from_ms: 0, to_ms: (BUCKETS_MAX + 1) * HOUR_MS },
    cut: { every: "hour", timezone: "UTC" },
  },
  {
    what: "with too many days",
    query: { from_ms: 0, to_ms: (BUCKETS_MAX + 1) * 24 * HOUR_MS },
    cut: { every: "day", timezone: "UTC" },
  },
  { what: "from the end to the beginning", query: { from_ms: 2, to_ms: 1 }, cut: KYIV },
];
