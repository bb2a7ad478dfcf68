import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mappedJson } from "./mapped-json.ts";

const NOW = Date.parse("2026-07-03T22:05:00Z");
/** How Ivano-Frankivsk publishes: local times without a zone, no trip, no course. */
const MAPPING = {
  ...{ vehicles: "data.items", id: "imei", latitude: "latitude", longitude: "longitude" },
  ...{ time: "time", time_format: "iso", timezone: "Europe/Kyiv", speed: "speed", route_id: "route_id" },
};
const BUS = {
  imei: "353173060780531",
  time: "2026-07-04 01:04:42",
  speed: 36,
  latitude: 48.9497,
  longitude: "24.709734",
  route_id: "0532",
};

const read = (answer: unknown, mapping: object = MAPPING) =>
  mappedJson.open({ mapping })({ bytes: Buffer.from(JSON.stringify(answer)), received_at_ms: NOW });
const of = (...items: unknown[]) => ({ data: { items } });

test("a vehicle out of a town's own JSON: numbers as texts, a local time, kilometres an hour", () => {
  expect(read(of(BUS)).fixes).toEqual([
    {
      ...{ vehicle: "353173060780531", latitude: 48.9497, longitude: 24.709734, buffered: true },
      ...{ at_ms: Date.parse("2026-07-03T22:04:42Z"), speed_mps: 10, route_id: "0532" },
    },
  ]);
});

test("GeoJSON, other units, other times, and when the whole was made", () => {
  const mapping = {
    ...{
      vehicles: "features",
      id: "properties.number",
      longitude: "geometry.coordinates[0]",
      latitude: "geometry.coordinates[1]",
    },
    ...{
      time: "properties.at",
      time_format: "dd.MM.yyyy HH:mm:ss",
      timezone: "Europe/Kyiv",
      made_at: "made",
    },
    ...{ speed: "properties.v", speed_unit: "knots", course: "properties.course" },
  };
  const properties = { number: 12, at: "04.07.2026 01:04:42", v: 10, course: 90 };
  const features = [{ properties, geometry: { coordinates: [24.7, 48.9] } }];
  expect(read({ features, made: "04.07.2026 01:05:00" }, mapping)).toMatchObject({
    made_at_ms: NOW,
    fixes: [
      {
        vehicle: "12",
        latitude: 48.9,
        longitude: 24.7,
        at_ms: NOW - 18_000,
        course_deg: 90,
        speed_mps: expect.closeTo(5.144, 3),
      },
    ],
  });
  expect(
    read([{ ...BUS, time: 1783116282 }], { ...MAPPING, vehicles: "$", time_format: "epoch-s" }).fixes[0]
      ?.at_ms,
  ).toBe(1783116282000);
});

test("a path that leads nowhere is named, with what is there instead", () => {
  const told = (answer: unknown, mapping?: object) => {
    try {
      return read(answer, mapping);
    } catch (failure) {
      return failure instanceof Error ? failure.message : failure;
    }
  };
  expect([
    told({ data: { records: [], total: 0 } }),
    told({ data: { items: { "1": BUS } } }),
    told(of(BUS, BUS), { ...MAPPING, time: "gps.time" }),
    told([], { ...MAPPING, vehicles: "data.items" }),
    told(of(BUS), { ...MAPPING, made_at: "updated" }),
  ]).toEqual([
    'mapping.vehicles "data.items": there is no "items" in "data", which has records, total',
    'mapping.vehicles "data.items" leads to no list: what is there has 1',
    'mapping.time "gps.time": there is no "gps" in the answer, which has imei, time, speed, latitude, longitude, route_id, in each of 2 vehicles',
    'mapping.vehicles "data.items": there is no "data" in the answer, which is a list of 0',
    'mapping.made_at "updated": there is no "updated" in the answer, which has data',
  ]);
});

test("a vehicle that lacks something is counted, the others are taken", () => {
  const wrong = [
    { ...BUS, time: "yesterday" },
    { ...BUS, latitude: null },
    { ...BUS, imei: "" },
    "bus",
    null,
  ];
  const { fixes, left_out } = read(of(BUS, ...wrong));
  expect([fixes.length, left_out]).toEqual([
    1,
    new Map([
      ["no-time", 3],
      ["no-place", 1],
      ["no-vehicle", 1],
    ]),
  ]);
});

test("what is well-formed and cannot be meant is refused before anything is asked", () => {
  const why = (mapping: object) => mappedJson.whyRefused({ mapping: { ...MAPPING, ...mapping } });
  expect([why({}), why({ time_format: "d.m.y" }), why({ timezone: "Kyiv" })]).toEqual([
    undefined,
    "mapping.time_format must be iso, epoch-s, epoch-ms, or a pattern like dd.MM.yyyy HH:mm:ss",
    'mapping.timezone: there is no time zone "Kyiv"; write one like Europe/Kyiv',
  ]);
  const { timezone: _, ...zoneless } = MAPPING;
  expect(mappedJson.whyRefused({ mapping: { ...zoneless, time_format: "yyyy-MM-dd HH:mm" } })).toMatch(
    /^mapping.timezone is missing/,
  );
});

test("any JSON and any bytes are one error at most", () => {
  const code = expect.stringMatching(/^FEED_(BROKEN|MAPPING)$/);
  const reader = mappedJson.open({ mapping: MAPPING });
  const check = (bytes: Uint8Array) => {
    try {
      reader({ bytes, received_at_ms: NOW });
    } catch (failure) {
      expect(failure).toMatchObject({ code });
    }
  };
  fc.assert(fc.property(fc.uint8Array(), check));
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (items) => check(Buffer.from(JSON.stringify(of(...items))))),
  );
  check(Buffer.from("[".repeat(1_000_000)));
  check(Buffer.from('{"data":{"__proto__":{"items":[]}}}'));
});

const SAMPLE = join(
  import.meta.dirname,
  "../../../../shared/data/transport/formats/lviv/ivano-frankivsk-open-data.sample.json",
);

test.skipIf(!existsSync(SAMPLE))("the recorded sample of Ivano-Frankivsk", () => {
  const { record } = JSON.parse(readFileSync(SAMPLE, "utf8"));
  expect(read(of(record)).fixes).toEqual([
    {
      ...{ vehicle: "353173060780531", latitude: 48.9497, longitude: 24.709734, buffered: true },
      ...{
        at_ms: Date.parse("2026-07-03T22:04:42Z"),
        speed_mps: 0,
        route_id: "0532F1F715A8C8C53EB18ABC461FE02C",
      },
    },
  ]);
});
