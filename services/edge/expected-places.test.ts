import type { Track } from "@yardline/domain/track";
import { expect, test } from "vitest";
import { ExpectedPlaces } from "./expected-places.ts";

function trackAt(left: number, seen_at_ms: number, more: Partial<Track> = {}): Track {
  const box = { left, right: left + 0.1, top: 0.4, bottom: 0.8 };
  const last = { label: "person", score: 0.8, box } as const;
  return {
    id: "a",
    label: "person",
    opened_at_ms: 0,
    seen_at_ms,
    last,
    sightings: 5,
    state: "confirmed",
    ...more,
  };
}

test("a known one is expected from where it was to where it goes, with some room", () => {
  const places = new ExpectedPlaces();
  places.take([trackAt(0.2, 0)]);
  expect(places.boxesAt(0)).toEqual([{ left: 0.2, right: expect.closeTo(0.3), top: 0.4, bottom: 0.8 }]);
  places.take([trackAt(0.3, 1_000)]);
  const [reach] = places.boxesAt(1_400);
  expect(reach).toMatchObject({
    left: expect.closeTo(0.3 - 0.02),
    right: expect.closeTo(0.4 + 0.04 + 0.02),
    top: expect.closeTo(0.4 - 0.08),
  });
  // Nobody is predicted further than a second.
  expect(places.boxesAt(9_000)).toEqual(places.boxesAt(2_000));
});

test("a look that misses one leaves what was known of it; the unsure and the gone are expected nowhere", () => {
  const places = new ExpectedPlaces();
  places.take([trackAt(0.2, 0)]);
  places.take([trackAt(0.3, 1_000)]);
  const before = places.boxesAt(2_000);
  places.take([trackAt(0.3, 1_000)]);
  expect(places.boxesAt(2_000)).toEqual(before);
  places.take([trackAt(0.3, 1_200, { sightings: 2 }), trackAt(0.6, 1_200, { id: "b", state: "tentative" })]);
  expect(places.boxesAt(1_200)).toEqual([]);
});

test("who goes out of the picture is looked at until they are gone; who comes in or stands at its edge is expected", () => {
  const leaving = new ExpectedPlaces();
  leaving.take([trackAt(0.7, 0)]);
  leaving.take([trackAt(0.89, 1_000)]);
  expect(leaving.boxesAt(1_200)).toEqual([]);
  const coming = new ExpectedPlaces();
  coming.take([trackAt(0.9, 0)]);
  expect(coming.boxesAt(200)).toHaveLength(1);
  coming.take([trackAt(0.885, 1_000)]);
  expect(coming.boxesAt(1_200)).toHaveLength(1);
});
