import { readFile } from "node:fs/promises";
import { readFeed } from "@yardline/timetable/check/check-gtfs";
import { smallTown, zipOf } from "@yardline/timetable/testing";
import { expect, test } from "vitest";
import type { Entity, Message, StopTimeUpdate } from "./message.ts";
import { type Plan, planOf } from "./plan.ts";
import type { Look } from "./rule.ts";
import { checkRealtime } from "./rules.ts";

const RULES = new URL("../../../../shared/data/transport/validator/gtfs-rt-rules.tsv", import.meta.url);
const NOW_MS = Date.parse("2026-03-15T04:01:00Z");
const NOW = NOW_MS / 1000;

/** The small town, and in it: an entrance, a trip by headway, one by exact headway, and a call without a time. */
async function townPlan(): Promise<Plan> {
  const town = smallTown();
  const stops = (town["stops.txt"] ?? "")
    .replace("stop_lon\n", "stop_lon,location_type\n")
    .replace(/^((?:east|west|circle|nobody).*)$/gm, "$1,");
  return planOf(
    await readFeed(
      await zipOf({
        ...town,
        "agency.txt":
          "agency_id,agency_name,agency_url,agency_timezone\nA,Town,https://example.org,Europe/Kyiv\n",
        "stops.txt": `${stops}door,Door,49.8,31.2,2\n`,
        "trips.txt": (town["trips.txt"] ?? "")
          .replace("shape_id\n", "shape_id,direction_id\n")
          .replace(/^((?:1|2),daily.*)$/gm, "$1,0"),
        "frequencies.txt":
          "trip_id,start_time,end_time,headway_secs,exact_times\nround-07:00,07:00:00,09:00:00,600,0\nround-08:00,08:00:00,09:00:00,600,1\n",
        "stop_times.txt": (town["stop_times.txt"] ?? "").replace(
          /^east-06:00,06:02:30,06:02:30/m,
          "east-06:00,,",
        ),
      }),
    ),
  );
}

const plan = await townPlan();

const TRIP = { tripId: "east-06:00", routeId: "1", startDate: "20260315", scheduleRelationship: "SCHEDULED" };
const call = (i: number, rest: object = {}): StopTimeUpdate => ({
  stopSequence: (i + 1) * 10,
  stopId: `east-${i}`,
  arrival: { time: NOW + i * 75 },
  scheduleRelationship: "SCHEDULED",
  ...rest,
});
const update = (calls: readonly StopTimeUpdate[], trip: object = TRIP, rest: object = {}): Entity => ({
  id: "u",
  tripUpdate: { trip, vehicle: { id: "17" }, timestamp: NOW, stopTimeUpdate: calls, ...rest },
});
const vehicle = (rest: object = {}): Entity => ({
  id: "v",
  vehicle: {
    trip: TRIP,
    vehicle: { id: "17" },
    timestamp: NOW,
    position: { latitude: 49.8, longitude: 31.207, bearing: 90, speed: 10 },
    stopId: "east-2",
    ...rest,
  },
});
const message = (entity: readonly Entity[], header: object = {}): Message => ({
  header: { gtfsRealtimeVersion: "2.0", incrementality: "FULL_DATASET", timestamp: NOW, ...header },
  entity,
});
const SOUND = [update([call(0), call(1)]), vehicle()];
const alert = (selectors: readonly object[]): Entity => ({ id: "a", alert: { informedEntity: selectors } });

function rulesBroken(said: Message, rest: Partial<Look> = {}): readonly string[] {
  const found = checkRealtime({ message: said, together: [said], plan, now_ms: NOW_MS, ...rest });
  return [...new Set([...found].map(({ rule }) => rule))].sort();
}

test("a sound feed breaks no rule but the timetable's own", () => {
  expect(rulesBroken(message([...SOUND, alert([{ agencyId: "A" }, { routeId: "1", trip: TRIP }])]))).toEqual(
    [],
  );
});

const calls = (...own: readonly StopTimeUpdate[]) => message([update(own), vehicle()]);
const trip = (rest: object, own: readonly StopTimeUpdate[] = [call(0)]) =>
  message([update(own, { ...TRIP, ...rest })]);
const headway = (rest: object, about: object = {}) =>
  message([update([], { scheduleRelationship: "CANCELED", ...rest }, about)]);

test.each<readonly [rules: string, said: Message]>([
  ["E001", calls(call(0), call(1, { arrival: { time: NOW * 1000 } }))],
  ["E002", calls(call(1, { arrival: { time: NOW } }), call(0, { arrival: { time: NOW + 9 } }))],
  [
    "E002",
    calls(
      call(1, { stopSequence: undefined, arrival: { time: NOW } }),
      call(0, { stopSequence: undefined, arrival: { time: NOW + 9 } }),
    ),
  ],
  ["E003", trip({ tripId: "ghost", routeId: undefined })],
  ["E004 E035", trip({ routeId: "99" })],
  [
    "E006",
    headway(
      { tripId: "round-07:00", scheduleRelationship: "UNSCHEDULED" },
      { stopTimeUpdate: [call(0, { stopId: "circle-0", stopSequence: 10 })] },
    ),
  ],
  [
    "E009",
    message([
      update([call(0, { stopId: "circle-0", stopSequence: undefined })], {
        tripId: "round-06:00",
        scheduleRelationship: "SCHEDULED",
      }),
    ]),
  ],
  ["E011", message([vehicle({ stopId: "nowhere" })])],
  ["E011", message([alert([{ stopId: "nowhere" }])])],
  ["E012", message([vehicle({ timestamp: NOW + 5 })])],
  ["E013", headway({ tripId: "round-07:00", startTime: "07:10:00", startDate: "20260315" })],
  ["E015", message([vehicle({ stopId: "door" })])],
  ["E016", trip({ scheduleRelationship: "ADDED" })],
  ["E019", headway({ tripId: "round-08:00", startTime: "08:05:00" })],
  ["E020 E023", trip({ startTime: "6:0" })],
  ["E021", trip({ startDate: "20260230" })],
  ["E022", calls(call(0, { arrival: { time: NOW + 99 } }), call(1, { arrival: { time: NOW + 99 } }))],
  ["E023", trip({ startTime: "06:05:00" })],
  ["E024", trip({ directionId: 1 })],
  ["E025", calls(call(0, { departure: { time: NOW - 5 } }))],
  ["E026", message([vehicle({ position: { latitude: 149, longitude: 31 } })])],
  ["E027", message([vehicle({ position: { latitude: 49.8, longitude: 31.2, bearing: 361 } })])],
  ["E028 E029", message([vehicle({ position: { latitude: 50, longitude: 31.2 } })])],
  ["E029", message([vehicle({ position: { latitude: 49.81, longitude: 31.2 } })])],
  ["E030", message([alert([{ routeId: "2", trip: { tripId: "east-06:00" } }])])],
  ["E031", message([alert([{ routeId: "1", trip: { routeId: "2" } }])])],
  ["E032", message([alert([])])],
  ["E033", message([alert([{}])])],
  ["E034", message([alert([{ agencyId: "B" }])])],
  ["E035", trip({ routeId: "2" })],
  ["E036 E045", calls(call(0), call(1, { stopSequence: 10 }))],
  ["E037 E045", calls(call(0), call(1, { stopId: "east-0" }))],
  ["E038", message(SOUND, { gtfsRealtimeVersion: "3.0" })],
  ["E039", message([{ ...vehicle(), isDeleted: false }])],
  ["E040", calls(call(0, { stopId: undefined, stopSequence: undefined }))],
  ["E041", trip({}, [])],
  ["E042", calls(call(0, { scheduleRelationship: "NO_DATA" }))],
  ["E043", calls(call(0, { arrival: undefined }))],
  ["E044", calls(call(0, { arrival: {} }))],
  ["E045", calls(call(0, { stopId: "east-1" }))],
  ["E046", calls(call(2, { arrival: { delay: 30 } }))],
  ["E047", message([update([call(0)]), vehicle({ vehicle: { id: "18" } })])],
  ["E048 W001", message([alert([{ agencyId: "A" }])], { timestamp: undefined })],
  ["E049", message([alert([{ agencyId: "A" }])], { incrementality: undefined })],
  ["E050", message(SOUND, { timestamp: NOW + 61 })],
  ["E051", calls(call(0, { stopSequence: 11 }))],
  ["E052", message([vehicle(), { ...vehicle({ trip: undefined }), id: "w" }])],
  ["W001", message([vehicle({ timestamp: undefined })])],
  ["W002", message([vehicle({ vehicle: {} })])],
  ["W003", message([update([call(0)]), vehicle({ trip: { ...TRIP, tripId: "east-06:20" } })])],
  ["W004", message([vehicle({ position: { latitude: 49.8, longitude: 31.2, speed: 40 } })])],
  [
    "W005",
    headway(
      {
        tripId: "round-07:00",
        startTime: "07:10:00",
        startDate: "20260315",
        scheduleRelationship: "UNSCHEDULED",
      },
      { vehicle: {}, stopTimeUpdate: [call(0, { stopId: "circle-0" })] },
    ),
  ],
  ["W006", trip({ tripId: undefined })],
  ["W009", trip({ scheduleRelationship: undefined })],
] as const)("%s", (rules, said) => {
  const alone = rulesBroken(said).filter((rule) => !ALSO[rules]?.includes(rule));
  expect(alone).toEqual(rules.split(" "));
});

/** What the feed that breaks one rule cannot help breaking too. */
const ALSO: Readonly<Record<string, readonly string[]>> = { W005: ["W002"] };

test("one fetch after another", () => {
  const before = message(SOUND);
  const then = (header: object, entity = SOUND) =>
    rulesBroken(message(entity, header), { before, now_ms: NOW_MS + 30_000 });
  expect(then({ timestamp: NOW + 30 })).toEqual([]);
  expect(then({ timestamp: NOW }, [vehicle()])).toEqual(["E017"]);
  expect(then({ timestamp: NOW - 10 }, [])).toEqual(["E018"]);
  expect(then({ timestamp: NOW + 36 })).toEqual(["W007"]);
  expect(rulesBroken(before, { now_ms: NOW_MS + 66_000 })).toEqual(["W008"]);
});

test("a timetable whose trips call at an entrance", () => {
  const stop_types = new Map([...plan.stop_types, ["east-0", "2"]]);
  expect(rulesBroken(message([]), { plan: { ...plan, stop_types } })).toEqual(["E010"]);
});

test("every rule of the canonical validator has its check (needs ../shared/data)", async ({ skip }) => {
  const known = await readFile(RULES, "utf8").catch(() => undefined);
  if (known === undefined) return skip("../shared/data is not here");
  const sources = await Promise.all(
    ["alerts", "header", "stop-times", "trips", "vehicles"].map((name) =>
      readFile(new URL(`${name}.ts`, import.meta.url), "utf8"),
    ),
  );
  const checked = new Set(
    [...sources.join("").matchAll(/^ {2}([EW]\d{3}):|rule: "(E010)"/gm)].map((each) => each[1] ?? each[2]),
  );
  const wanted = known.split("\n").flatMap((line) => /^[EW]\d{3}/.exec(line)?.[0] ?? []);
  expect(wanted).toHaveLength(57);
  expect([...checked].sort()).toEqual(wanted.toSorted());
});
