import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { YardlineEvent } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import { expect, onTestFinished, test } from "vitest";
import type { Condition } from "./condition.ts";
import { countIn } from "./count.ts";
import type { EventQuery } from "./event-index.ts";
import { histogramIn } from "./histogram.ts";
import { batchOf, eventOf, keptIn } from "./kept.ts";
import { OpenPeriods } from "./open-periods.ts";
import { Oracle } from "./oracle.ts";
import { nameOf, periodAt } from "./period.ts";
import { pathOf } from "./period-file.ts";
import { PeriodWriter } from "./period-writer.ts";
import { everyStatement } from "./scenes.ts";
import { scanIn, searchIn } from "./search.ts";

/** Every third kind lives for days, the others for weeks: as many files as three classes have. */
const keptDaysOf = ({ type }: YardlineEvent): number =>
  ({ "yard.barking": 3, "yard.presence": 30 })[type] ?? 365;

function makeTown() {
  const folder = mkdtempSync(join(tmpdir(), "yardline-search-"));
  const oracle = new Oracle();
  oracle.put(everyStatement);
  const periodOf = (event: YardlineEvent) => periodAt(keptDaysOf(event), anchorOf(event.occurrence));
  for (const [name, events] of Map.groupBy(everyStatement, (event) => nameOf(periodOf(event)))) {
    const [first] = events;
    const writer = new PeriodWriter(pathOf(folder, name), first ? periodOf(first).from_ms : 0);
    writer.put(keptIn(batchOf(events)));
    writer.close();
  }
  const periods = new OpenPeriods(folder);
  periods.refresh();
  onTestFinished(() => {
    periods.close();
    rmSync(folder, { recursive: true });
  });
  return { periods, oracle };
}

const QUESTIONS: readonly EventQuery[] = [
  {},
  { order: "oldest" },
  { where: { op: "is", field: "tenant", values: ["town"] } },
  { where: { op: "not", of: { op: "words", text: "зупинка" } }, order: "oldest" },
  { from_ms: Date.parse("2026-11-10"), to_ms: Date.parse("2026-11-20T12:34:56Z") },
];

test("what lies in files of several classes comes in one order, on pages of any size", () => {
  const { periods, oracle } = makeTown();
  for (const query of QUESTIONS) {
    for (const limit of [1, 7, 200]) {
      const found: YardlineEvent[] = [];
      for (let cursor: string | undefined; ; ) {
        const answer = searchIn(periods, query, { limit, ...(cursor !== undefined && { cursor }) });
        found.push(...answer.hits.map(eventOf));
        cursor = answer.cursor;
        if (cursor === undefined) break;
      }
      expect(found).toEqual(oracle.search(query));
    }
    expect(countIn(periods, query)).toEqual({ value: oracle.search(query).length, exact: true });
  }
  expect(scanIn(periods, { limit: 200 }).hits.map(eventOf)).toEqual(oracle.scan());
});

test("histograms add up what the classes have", () => {
  const { periods, oracle } = makeTown();
  const query = { from_ms: Date.parse("2026-11-08"), to_ms: Date.parse("2026-12-01") };
  for (const by of [undefined, "type", "stop"] as const) {
    const cut = { every: "day", timezone: "Asia/Kathmandu", ...(by && { by }) } as const;
    expect(histogramIn(periods, query, cut)).toEqual(oracle.histogram(query, cut));
  }
});

test("a page that has looked at too much ends early, and the next goes on from there", () => {
  const { periods, oracle } = makeTown();
  const where: Condition = { op: "circle", center: { latitude: 50.4501, longitude: 30.5003 }, radius_m: 150 };
  const found: YardlineEvent[] = [];
  const sizes: number[] = [];
  for (let cursor: string | undefined; ; ) {
    const answer = searchIn(
      periods,
      { where },
      { limit: 200, ...(cursor !== undefined && { cursor }) },
      { looks_max: 2 },
    );
    found.push(...answer.hits.map(eventOf));
    sizes.push(answer.hits.length);
    cursor = answer.cursor;
    if (cursor === undefined) break;
  }
  expect(found).toEqual(oracle.search({ where }));
  expect(found.length).toBeGreaterThan(0);
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
});

test("a page whose time is over goes on with the next, and nothing is lost or comes twice", () => {
  const { periods, oracle } = makeTown();
  const hours = { from_min: 300, to_min: 900, timezone: "Europe/Kyiv" };
  const hourly = { from_ms: Date.parse("2026-11-01"), to_ms: Date.parse("2026-12-01"), hours };
  for (const query of [...QUESTIONS, hourly]) {
    const found: YardlineEvent[] = [];
    let pages = 0;
    for (let cursor: string | undefined; ; pages++) {
      const page = { limit: 5, ...(cursor !== undefined && { cursor }) };
      const answer = searchIn(periods, query, page, { isOver: () => true });
      found.push(...answer.hits.map(eventOf));
      cursor = answer.cursor;
      if (cursor === undefined) break;
    }
    expect(found).toEqual(oracle.search(query));
    expect(pages).toBeGreaterThan(3);
  }
  expect(countIn(periods, {}, () => true)).toEqual({ value: expect.any(Number), exact: false });
  const month = { from_ms: Date.parse("2026-11-01"), to_ms: Date.parse("2026-12-01") };
  expect(() => histogramIn(periods, month, { every: "day", timezone: "UTC" }, () => true)).toThrow(
    /longer than one question may/,
  );
});
