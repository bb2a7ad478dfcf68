import { expect, test } from "vitest";
import { presence } from "../testing/fake-events.ts";
import { eventPoints } from "./event-style.ts";

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

test("an event stands at its own place, else where its camera is, else nowhere", () => {
  const placed = presence("a", NOON_MS);
  const { place: _, ...placeless } = presence("b", NOON_MS);
  expect(eventPoints([placed, placeless]).features.map(({ properties }) => properties)).toEqual([
    { occurrence: placed.occurrence, grave: 0 },
  ]);
  const atCamera = eventPoints([{ ...placeless, severity: "alarm" }], () => ({
    latitude: 50,
    longitude: 30,
  }));
  expect(atCamera.features).toEqual([
    {
      type: "Feature",
      geometry: { type: "Point", coordinates: [30, 50] },
      properties: { occurrence: placeless.occurrence, grave: 2 },
    },
  ]);
});
