import { expect, test } from "vitest";
import { LANGUAGES, stateEvent } from "./event-type.ts";
import { yardPresence } from "./yard-presence.ts";

const seen = {
  camera: "yard-1",
  rule: "presence",
  zone: "all",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "person",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:26.120Z",
  score: 0.875,
  sightings: 42,
  box: [0.25, 0.4, 0.32, 0.7],
} as const;
const data = { ...seen, box: [...seen.box] as [number, number, number, number] };

test("says who was where, for how long and how sure we are", () => {
  expect(LANGUAGES.map((language) => yardPresence.sentence(data, language))).toEqual([
    "Людина у кадрі: 22 с, помічено 42 рази, найкраща впевненість 88 %.",
    "Человек в кадре: 22 с, замечено 42 раза, лучшая уверенность 88 %.",
    "A person in view for 22 s, seen 42 times, best score 88 %.",
  ]);
  const inZone = { ...data, zone: "гойдалки", sightings: 1 };
  expect(LANGUAGES.map((language) => yardPresence.sentence(inZone, language))).toEqual([
    "Людина у зоні «гойдалки»: 22 с, помічено 1 раз, найкраща впевненість 88 %.",
    "Человек в зоне «гойдалки»: 22 с, замечено 1 раз, лучшая уверенность 88 %.",
    "A person in zone “гойдалки” for 22 s, seen 1 time, best score 88 %.",
  ]);
});

test("a longer stay, a better picture and an end are the same occurrence", () => {
  const statement = {
    source: "camera/yard-1",
    tenant: "town",
    revision: 0,
    state: "open",
    severity: "info",
  } as const;
  const later = {
    ...data,
    until: "2026-11-22T06:20:00.000Z",
    score: 0.9,
    sightings: 90,
    ended: "left",
  } as const;
  const opened = stateEvent(yardPresence, data, statement);
  const closed = stateEvent(yardPresence, later, { ...statement, revision: 1, state: "closed" });
  expect(closed.occurrence).toBe(opened.occurrence);
  expect(closed.time).toBe(data.since);
});
