import { distance_m, type LatLon } from "@yardline/domain/geo";
import { placeOf, type YardlineEvent } from "@yardline/events/event";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { type Condition, holds } from "./condition.ts";
import { stayAt } from "./scenes.ts";
import { makeElasticPlace } from "./testing/elastic-place.ts";
import { idsOf, searchAll } from "./testing/place.ts";

const PLACES = 150;
const begin_ms = Date.parse("2026-11-09T12:00:00Z");

/** Near the town, over the whole earth, and about its seams. */
const latLon: fc.Arbitrary<LatLon> = fc.oneof(
  fc.record({ latitude: double(50.44, 50.46), longitude: double(30.5, 30.54) }),
  fc.record({ latitude: double(-90, 90), longitude: double(-180, 180) }),
  fc.record({ latitude: double(-89, -88), longitude: fc.constantFrom(-180, -179.999, 0, 179.999, 180) }),
);

function double(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** Metres by which a radius misses a place: nothing, less than the engine can tell, and more. */
const MISSES_M = [0, 1e-9, -1e-9, 0.001, -0.001, 1, -1, 10, -10];

// Elasticsearch keeps places to a centimetre and measures nearly as we do; what it finds must be exact all the same.
test("circles and boxes whose edges pass through places find exactly what lies inside", {
  timeout: 90_000,
}, async () => {
  const place = await makeElasticPlace();
  const index = await place.open();
  onTestFinished(async () => {
    await index.close();
    await place.remove();
  });
  const events = fc.sample(latLon, { seed: 11, numRuns: PLACES }).map(
    ({ latitude, longitude }, n): YardlineEvent => ({
      ...stayAt(begin_ms + n),
      place: `geo:${latitude.toFixed(n % 3 === 0 ? 6 : 15)},${longitude.toFixed(n % 3 === 0 ? 6 : 15)}`,
    }),
  );
  await index.put(events);
  const found = async (where: Condition) => {
    const expected = events.filter((event) => holds(where, event)).toReversed();
    expect(idsOf(await searchAll(index, { where })), JSON.stringify(where)).toEqual(idsOf(expected));
    expect(await index.count({ where })).toEqual({ value: expected.length, exact: true });
  };
  const through = fc.constantFrom(...events.map((event) => placeOf(event) ?? { latitude: 0, longitude: 0 }));
  const misses = fc.constantFrom(...MISSES_M);
  await fc.assert(
    fc.asyncProperty(latLon, through, misses, async (center, edge, miss_m) => {
      const radius_m = distance_m(center, edge) + miss_m;
      fc.pre(radius_m > 0);
      const circle: Condition = { op: "circle", center, radius_m };
      await found(circle);
      await found({ op: "not", of: circle });
    }),
    { numRuns: 100 },
  );
  await fc.assert(
    fc.asyncProperty(through, through, async (a, b) => {
      const [south, north] = [Math.min(a.latitude, b.latitude), Math.max(a.latitude, b.latitude)];
      const [west, east] = [Math.min(a.longitude, b.longitude), Math.max(a.longitude, b.longitude)];
      await found({ op: "box", box: { west, south, east, north } });
    }),
    { numRuns: 100 },
  );
});
