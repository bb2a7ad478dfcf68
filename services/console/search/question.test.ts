import { expect, test } from "vitest";
import { askedAs, paramsOf, periodText } from "./question.ts";

/** Sunday, 22 November 2026, 14:00 in Kyiv. */
const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };
const iso = (at_ms: number) => new Date(at_ms).toISOString().slice(0, 16);
const asked = (text: string) => {
  const answer = askedAs(text, NOW);
  if (!answer.ok) return answer.problems.map(({ at, code }) => `${at} ${code}`);
  const { q, from_ms, to_ms, order, isBounded } = answer.question;
  return [q, iso(from_ms), iso(to_ms), order, isBounded];
};

test.each([
  ["", ["", "2024-02-27T12:00", "2026-11-22T12:00", "newest", false]],
  ["мітка:собака вчора", ["label:dog", "2026-11-20T22:00", "2026-11-21T22:00", "newest", true]],
  ["last 24 hours sort:old", ["sort:old", "2026-11-21T12:00", "2026-11-22T12:00", "oldest", true]],
  ["today", ["", "2026-11-21T22:00", "2026-11-22T12:00", "newest", true]],
  ["2027-01-01", ["", "2026-12-31T22:00", "2026-12-31T22:00", "newest", true]],
  ["since 2001-01-01", ["", "2024-02-27T12:00", "2026-11-22T12:00", "newest", true]],
  ["lable:dog (", ["0 field-unknown", "10 parenthesis-open"]],
])("%s", (text, meant) => {
  expect(asked(text)).toEqual(meant);
});

test("hours of the day are asked with the days that they are of", () => {
  expect(asked("22:00..06:00 label:car")[0]).toBe(
    "label:car 2026-10-24T22:00..2026-11-22T14:00 22:00..06:00",
  );
});

test("a part of the time is asked for with the same words", () => {
  const answer = askedAs("dog", NOW);
  if (!answer.ok) throw new Error("understood");
  const part = { from_ms: NOW.now_ms - 1_000, to_ms: NOW.now_ms };
  expect(`${paramsOf(answer.question, part)}`).toBe(
    "q=dog&from=2026-11-22T11%3A59%3A59.000Z&to=2026-11-22T12%3A00%3A00.000Z",
  );
  expect(periodText({ from_ms: NOW.now_ms - 3_600_000, to_ms: NOW.now_ms }, NOW)).toBe(
    "2026-11-22T13:00..2026-11-22T14:00",
  );
});
