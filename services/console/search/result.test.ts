import fc from "fast-check";
import { expect, test } from "vitest";
import type { ApiEvent } from "../api/types.ts";
import { presence } from "../testing/fake-events.ts";
import { type Bucket, missingOf, newResult, type Result, rowsOf, withPage } from "./result.ts";

const HOUR_MS = 3_600_000;
const BEGIN_MS = Date.parse("2026-11-22T00:00:00Z");
const PAGE = 200;
const event = presence("one", BEGIN_MS);
/** Each event of the scenes is named by its hour and its number in it. */
const eventAt = (hour: number, number: number): ApiEvent => ({ ...event, occurrence: `${hour}.${number}` });
const bucket = (hour: number, count: number): Bucket => ({
  at_ms: BEGIN_MS + hour * HOUR_MS,
  ...{ count, info: count, notice: 0, alarm: 0 },
});

type Town = readonly number[];
const found = (town: Town, order: "newest" | "oldest" = "newest"): Result =>
  newResult(
    {
      q: "",
      order,
      isBounded: true,
      isOpen: false,
      from_ms: BEGIN_MS,
      to_ms: BEGIN_MS + town.length * HOUR_MS,
    },
    { every: "hour", buckets: town.flatMap((count, hour) => (count > 0 ? [bucket(hour, count)] : [])) },
  );

/** Answers as the API does: the events of the stretch in order, a page at a time. */
function answer(town: Town, order: "newest" | "oldest", missing: NonNullable<ReturnType<typeof missingOf>>) {
  const hours = [...town.entries()].filter(([hour]) => {
    const at_ms = BEGIN_MS + hour * HOUR_MS;
    return at_ms >= missing.period.from_ms && at_ms < missing.period.to_ms;
  });
  const old = hours.flatMap(([hour, count]) => Array.from({ length: count }, (_, at) => eventAt(hour, at)));
  const all = order === "newest" ? old.reverse() : old;
  const from = Number(missing.cursor ?? 0);
  const more = from + PAGE < all.length;
  return { events: all.slice(from, from + PAGE), ...(more && { cursor: String(from + PAGE) }) };
}

function look(result: Result, town: Town, from: number, to: number, order: "newest" | "oldest" = "newest") {
  let [seen, asked] = [result, 0];
  for (let next = missingOf(seen, from, to); next; next = missingOf(seen, from, to)) {
    seen = withPage(seen, next, answer(town, order, next), from);
    asked += 1;
  }
  return { result: seen, asked, rows: rowsOf(seen, from, to).map((each) => each?.occurrence) };
}

test("the middle of a hundred thousand is gone to with a few pages", () => {
  const town = Array.from({ length: 700 }, (_, hour) => 100 + (hour % 87));
  const result = found(town);
  const total = town.reduce((sum, count) => sum + count, 0);
  expect(result.total).toBe(total);
  expect(total).toBeGreaterThan(99_000);
  const middle = look(result, town, 50_000, 50_030);
  expect(middle.rows).not.toContain(undefined);
  expect(middle.asked).toBeLessThanOrEqual(2);
  expect(look(middle.result, town, 50_000, 50_030).asked).toBe(0);
});

test("any stretch of the list is the same as of the whole list, in either order", () => {
  const scene = fc.record({
    town: fc.array(fc.nat(450), { minLength: 1, maxLength: 30 }),
    order: fc.constantFrom("newest" as const, "oldest" as const),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(scene, ({ town, order, from }) => {
      const old = town.flatMap((count, hour) => Array.from({ length: count }, (_, at) => `${hour}.${at}`));
      const all = order === "newest" ? old.reverse() : old;
      const begin = Math.floor(from * all.length);
      const { rows } = look(found(town, order), town, begin, begin + 25, order);
      expect(rows).toEqual(all.slice(begin, begin + 25));
    }),
  );
});

test("what came or went after the count is told when its stretch is whole, and late answers change nothing", () => {
  const counted = found([120, 130]);
  const { result } = look(counted, [120, 110], 0, 10);
  expect([counted.total, result.total]).toEqual([250, 230]);
  const [missing] = [missingOf(counted, 0, 10)];
  if (!missing) throw new Error("nothing is missing");
  expect(withPage(result, missing, { events: [event] }, 0)).toBe(result);
});

test("what is far away is forgotten, and asked for again", () => {
  const town = Array.from({ length: 100 }, () => 150);
  let result = found(town);
  for (let row = 0; row < result.total; row += 150) result = look(result, town, row, row + 20).result;
  expect(result.chunks.reduce((sum, { events }) => sum + events.length, 0)).toBeLessThanOrEqual(8_000);
  expect(missingOf(result, result.total - 20, result.total)).toBeUndefined();
  expect(missingOf(result, 0, 20)).toBeDefined();
});
