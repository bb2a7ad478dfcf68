import { expect, test } from "vitest";
import { aroundText, narrowedBy } from "./narrow.ts";
import { askedAs } from "./question.ts";

const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };
const narrowed = (q: string) => {
  const asked: string[] = [];
  return { asked, ...narrowedBy({ q, now: () => NOW }, (text) => asked.push(text)) };
};

test("the timeline and the map write what is narrowed into the text", () => {
  const { asked, toPeriod, toArea } = narrowed("label:dog yesterday near:50,30,1km");
  const hour_ms = 3_600_000;
  toPeriod({ from_ms: NOW.now_ms - 2 * hour_ms, to_ms: NOW.now_ms - hour_ms });
  toPeriod(undefined);
  toArea({ latitude: 50.211_234_56, longitude: 30.3, radius_m: 50 });
  toArea({ west: 30.1, south: 50.1, east: 30.2, north: 50.2 });
  expect(asked).toEqual([
    "label:dog near:50,30,1km 2026-11-22T12:00..2026-11-22T13:00",
    "label:dog near:50,30,1km",
    "label:dog yesterday near:50.21123,30.30000,50m",
    "label:dog yesterday within:30.10000,50.10000,30.20000,50.20000",
  ]);
});

test("what else happened here and then is a question like any other", () => {
  const text = aroundText({ latitude: 50.2, longitude: 30.3 }, NOW.now_ms - 86_400_000 + 30_000, NOW);
  expect(text).toBe("near:50.20000,30.30000,300m 2026-11-21T13:50..2026-11-21T14:10");
  expect(askedAs(text, NOW).ok).toBe(true);
});
