import { distance_m, type LatLon } from "@yardline/domain/geo";
import { drive, runOf } from "@yardline/matching/testing";
import type { Exposure, PublicPositions } from "@yardline/privacy/public-positions";
import { readMessage } from "@yardline/publishing/realtime-check/message";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, test } from "vitest";
import { DAY, operatedTown, timetable } from "./testing/town.ts";
import { followTransit } from "./transit.ts";

const CANARY = "canary";
const fixes = drive(runOf(timetable, "east-08:00", DAY)).slice(0, 45);
const live = fixes.at(-1);

/** Tags of what everybody may ask and that is about no vehicle: who asks, how the box is, what is recorded. */
const OTHER = new Set(["people", "operation", "evidence"]);
/** What this town has not: cameras, counts of them, a key for reminders. */
const ABSENT = new Set(["getCameraSign", "countPublicly", "getPushKey"]);

/** A stop ahead of the canary, one behind it, one of another line. */
const STOPS = ["east-4", "east-0", "circle-1"];

type Operation = {
  readonly tags: readonly string[];
  readonly operationId: string;
  /** Empty where anybody may ask. */
  readonly security: readonly object[];
};
type Town = Awaited<ReturnType<typeof operatedTown>>;
type ServedTown = Town & { readonly url: string };

/** A town in which the canary drives along the avenue and everything is shown. */
async function townOfCanary(): Promise<ServedTown> {
  const town = await operatedTown();
  await town.report(CANARY, fixes);
  expect(town.board("east-4", 1)).toEqual([`east-08:00 ${CANARY}`]);
  town.clock.advance(1_000);
  return { ...town, url: await town.app.listen({ port: 0, host: "127.0.0.1" }) };
}

function filled(path: string, stop_id: string): string {
  const feature = path.includes("/vehicles/") ? CANARY : encodeURIComponent(`stop/${stop_id}`);
  return path.replace("{stop_id}", stop_id).replace("{collection}", "vehicles").replace("{feature}", feature);
}

/** Whatever might hold a position is kept by nobody for more than half a minute. What stands still may be. */
const STILL =
  /^\/v1\/(lines|stops|places|public\/cameras|stops\/[^/]+\/timetable|ogc(?!.*vehicles\/items).*)$/;

/** Everything that the public can be given, by address; messages of feeds as JSON, of streams what they begin with. */
async function askEverything({ app, url }: ServedTown): Promise<ReadonlyMap<string, string>> {
  const { paths } = (await app.inject("/v1/openapi.json")).json<{
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  }>();
  const addresses = Object.entries(paths)
    .filter(([, { get }]) => get?.security.length === 0 && !get.tags.some((tag) => OTHER.has(tag)))
    .filter(([, { get }]) => !ABSENT.has(get?.operationId ?? ""))
    .map(([path]) => (path.includes("stop-monitoring") ? `${path}?MonitoringRef={stop_id}` : path))
    .flatMap((path) => STOPS.map((stop_id) => filled(path, stop_id)));
  const said = new Map<string, string>();
  for (const address of new Set(addresses)) {
    if (address.endsWith("/stream")) {
      said.set(address, await firstOf(url, address));
      continue;
    }
    const { statusCode, rawPayload, body, headers } = await app.inject(address);
    // A vehicle that is hidden is not there.
    const isThere = statusCode === 200 || (statusCode === 404 && address.endsWith(`/${CANARY}`));
    expect({ address, isThere }).toEqual({ address, isThere: true });
    const kept_s = Number(/max-age=(\d+)/.exec(String(headers["cache-control"]))?.[1] ?? 0);
    if (!STILL.test(address)) expect({ address, kept_s: Math.min(kept_s, 30) }).toEqual({ address, kept_s });
    said.set(address, address.endsWith(".pb") ? JSON.stringify(readMessage(rawPayload)) : body);
  }
  return said;
}

/** The first message of a stream: the whole board as it is now. */
async function firstOf(url: string, address: string): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(`${url}${address}`, { signal: stop.signal });
  expect({ address, status: response.status }).toEqual({ address, status: 200 });
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (/data: .*\n\n/.test(text)) break;
  }
  stop.abort();
  return text;
}

/** Every pair of coordinates in an answer. */
function placesIn(text: string): readonly LatLon[] {
  const pairs = [
    ...text.matchAll(/"latitude":(-?[\d.]+),"longitude":(-?[\d.]+)/g),
    ...[
      ...text.matchAll(/"Point","coordinates":\[(-?[\d.]+),(-?[\d.]+)\]/g),
      ...text.matchAll(/<Longitude>(-?[\d.]+)<\/Longitude>\s*<Latitude>(-?[\d.]+)</g),
    ].map(([all, east, north]) => [all, north, east]),
  ];
  return pairs.map(([, latitude, longitude]) => ({
    latitude: Number(latitude),
    longitude: Number(longitude),
  }));
}

/** Where its place is told as GeoJSON. */
const VEHICLES = [
  "/v1/ogc/collections/vehicles/items",
  `/v1/ogc/collections/vehicles/items/${CANARY}`,
  "/v1/vehicles",
];

/** Which answers name the canary, and which hold a place nearer to it than any stop. */
async function tracesOf(town: ServedTown) {
  const said = [...(await askEverything(town))];
  const near = (text: string) => placesIn(text).some((place) => live && distance_m(place, live) < 20);
  return {
    named: said.filter(([, text]) => text.includes(CANARY)).map(([address]) => address),
    near: said.filter(([, text]) => near(text)).map(([address]) => address),
    all: said.length,
  };
}

async function decide({ app, clock }: Town, policy: Partial<PublicPositions>, seen_revision = 0) {
  const decided = { town: { show: "on" }, lines: [], vehicles: [], ...policy };
  const response = await app.inject({
    method: "PUT",
    url: "/v1/public-positions",
    payload: { policy: decided, by: "Olha", why: "air alert", seen_revision },
  });
  expect(response.statusCode).toBe(200);
  // Boards that were made before are given out for two seconds more.
  clock.advance(2_000);
}

test("shown: maps, boards and feeds have the canary; hidden by town, line or vehicle: no public answer knows of it, dispatchers do", async () => {
  const town = await townOfCanary();
  const shown = await tracesOf(town);
  expect(shown.near.toSorted()).toEqual([
    "/gtfs-realtime/vehicle-positions.pb",
    "/siri/2.0/vehicle-monitoring.xml",
    ...VEHICLES,
  ]);
  // It drives back from there later, by its block.
  expect(shown.named.filter((address) => !address.includes("east-0")).toSorted()).toEqual([
    "/gtfs-realtime/trip-updates.pb",
    "/gtfs-realtime/vehicle-positions.pb",
    "/siri/2.0/stop-monitoring.xml?MonitoringRef=east-4",
    "/siri/2.0/vehicle-monitoring.xml",
    ...VEHICLES.slice(0, 2),
    "/v1/stops/east-4/arrivals",
    "/v1/stops/east-4/arrivals/stream",
    ...VEHICLES.slice(2),
  ]);
  expect(shown.all).toBeGreaterThan(STOPS.length + 6);
  const off: Exposure = { show: "off" };
  const hidden: readonly Partial<PublicPositions>[] = [
    { town: off },
    { lines: [{ route_id: "1", exposure: off }] },
    {
      vehicles: [{ vehicle_id: CANARY, exposure: off }],
      lines: [{ route_id: "1", exposure: { show: "on" } }],
    },
  ];
  for (const [revision, policy] of hidden.entries()) {
    await decide(town, policy, revision);
    expect(await tracesOf(town)).toEqual({ named: [], near: [], all: shown.all });
    const { vehicles } = (await town.app.inject("/v1/dispatch/vehicles")).json();
    expect(vehicles).toMatchObject([
      { vehicle_id: CANARY, longitude: live?.longitude, trip_id: "east-08:00" },
    ]);
  }
  await decide(town, {}, hidden.length);
  expect(await tracesOf(town)).toEqual(shown);
});

test("delayed: the place of a real fix of that time, and predictions from there alone", async () => {
  const town = await townOfCanary();
  await decide(town, { town: { show: "delayed", delay_min: 2 } });
  const { near } = await tracesOf(town);
  expect(near).toEqual([]);
  const then_ms = town.clock.now_ms() - 120_000;
  const then = fixes.findLast(({ at_ms }) => at_ms <= then_ms);
  const [vehicle] = town.view.listVehicles(town.clock.now_ms());
  expect(vehicle).toMatchObject({ at_ms: then?.at_ms, latitude: then?.latitude, longitude: then?.longitude });
  expect(town.board("east-4", 1)).toEqual([`east-08:00 ${CANARY}`]);
  const [arrival] = town.view.listArrivals("east-4", town.clock.now_ms()) ?? [];
  expect(arrival).toMatchObject({ basis: "live", signal_at_ms: then?.at_ms });
});

test("coarsened: the middle of a square, without speed and course, and nothing nearer", async () => {
  const town = await townOfCanary();
  await decide(town, { lines: [{ route_id: "1", exposure: { show: "coarsened", grid_m: 1_000 } }] });
  expect((await tracesOf(town)).near).toEqual([]);
  const [vehicle] = town.view.listVehicles(town.clock.now_ms());
  expect(town.updates().map((update) => update.split(" ")[0])).toEqual(["east-08:00"]);
  expect(vehicle && live && distance_m(vehicle, live)).toBeLessThan(710);
  expect(vehicle).not.toHaveProperty("speed_mps");
});

test("another process on the same records follows within seconds", async () => {
  const town = await townOfCanary();
  const stop = new AbortController();
  const log = pino({ level: "silent" });
  const { bus, records, clock } = town;
  const common = { tenant: "town", timetables: [timetable], bus, records, clock, log } as const;
  const other = await followTransit(common, stop.signal);
  await town.report(CANARY, live ? [{ ...live, at_ms: clock.now_ms() + 5_000 }] : []);
  await eventually(() => expect(other.view.listVehicles(clock.now_ms())).toHaveLength(1));
  await decide(town, { town: { show: "off" } });
  await eventually(() => expect(other.view.listVehicles(clock.now_ms())).toEqual([]), 8_000);
  expect(other.dispatch.listVehicles(clock.now_ms())).toHaveLength(1);
  stop.abort();
  await other.stopped;
});

test("calls that should have been made tell nothing of vehicles that are hidden, delayed or coarsened", async () => {
  const town = await operatedTown();
  await town.report(CANARY, drive(runOf(timetable, "east-08:00", DAY)).slice(0, 12));
  town.clock.advance(11 * 60_000);
  expect(town.overdue("east-2")).toEqual(["east-08:00 unknown"]);
  for (const [revision, exposure] of LESS_SHOWN.entries()) {
    await decide(town, { vehicles: [{ vehicle_id: CANARY, exposure }] }, revision);
    expect(town.overdue("east-2")).toEqual([]);
  }
});

const LESS_SHOWN: readonly Exposure[] = [
  { show: "off" },
  { show: "delayed", delay_min: 5 },
  { show: "coarsened", grid_m: 500 },
];
