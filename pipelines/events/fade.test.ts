import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CATALOGUE, facetsOf, measuresOf, sentenceOf } from "./catalogue.ts";
import { LANGUAGES } from "./event-type.ts";
import { fadedAt, PERSONAL_TYPES, personalUntil } from "./fade.ts";
import { readEvent } from "./read-event.ts";

const HOUR_MS = 3_600_000;
const fixtures = join(import.meta.dirname, "fixtures");
const events = globSync("*.json", { cwd: fixtures }).map((file) =>
  readEvent(readFileSync(join(fixtures, file))),
);
const personal = events.filter(({ type }) => PERSONAL_TYPES.includes(type));

test("what faded is still an event of its kind: read, found, counted and said as before", () => {
  expect(personal.length).toBeGreaterThan(10);
  for (const event of personal) {
    const until_ms = personalUntil(event) ?? Number.NaN;
    expect(fadedAt(event, until_ms - 1)).toBe(event);
    const faded = fadedAt(event, until_ms);
    const fields = CATALOGUE.find(({ type }) => type === event.type)?.retention.personal ?? [];
    expect(Object.keys(faded.data).filter((field) => fields.includes(field))).toEqual([]);
    expect(readEvent(JSON.stringify(faded))).toEqual(faded);
    expect([facetsOf(faded), measuresOf(faded)]).toEqual([facetsOf(event), measuresOf(event)]);
    for (const language of LANGUAGES) {
      expect(sentenceOf(faded, language)).toBe(sentenceOf(event, language));
    }
    expect(fadedAt(faded, until_ms + HOUR_MS)).toBe(faded);
  }
});

test("kinds without personal fields never change", () => {
  for (const event of events) {
    if (!PERSONAL_TYPES.includes(event.type)) expect(fadedAt(event, Number.MAX_SAFE_INTEGER)).toBe(event);
  }
});

test("what a hold touches stays, of that source alone", () => {
  const [event] = personal;
  if (!event) throw new Error("there is no such event");
  const from_ms = Date.parse(event.time);
  const late_ms = from_ms + 100 * 24 * HOUR_MS;
  const span = fc.record({
    from: fc.integer({ min: -600_000, max: 600_000 }),
    length: fc.integer({ min: 1, max: 600_000 }),
  });
  const until_ms = Date.parse(String(event.data["until"] ?? event.time));
  fc.assert(
    fc.property(span, fc.boolean(), ({ from, length }, own) => {
      const hold = {
        source: own ? event.source : "camera/other",
        from_ms: from_ms + from,
        to_ms: from_ms + from + length,
      };
      const touches = own && from_ms < hold.to_ms && hold.from_ms <= until_ms;
      expect(fadedAt(event, late_ms, [hold]) === event).toBe(touches);
    }),
  );
});
