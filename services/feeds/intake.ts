import { createHmac } from "node:crypto";
import type { Clock, EpochMs } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import type { FeedContent, FeedFix } from "@yardline/sources/feeds/feed";
import type { DeviceDirectory } from "@yardline/trackers/devices";
import type { Outbox } from "@yardline/trackers/outbox";
import { positionOf, whyHeld } from "@yardline/trackers/plausibility";

/** Vehicles that are remembered, those longest not heard of go first. */
const VEHICLES_MAX = 20_000;
/** How long we rely on what the registry said of a vehicle. */
const KNOWN_FOR_MS = 60_000;
const HIDDEN_DIGITS = 8;
/** The number of a modem: no town has a bus number of fifteen digits. */
const IMEI = /^\d{15}$/;
/** As Ukraine writes plates, in Latin or Cyrillic letters. */
const PLATE = /^\p{L}{2}[\s-]?\d{4}[\s-]?\p{L}{2}$/u;

/** What a feed's names of vehicles are. */
export type FeedIds =
  /** What people call the bus. */
  | "fleet"
  /** Numbers of devices: the registry tells which bus carries each; others are kept aside. */
  | "devices"
  /** Plates, device numbers and whatever else nobody should read: a name made from each takes its place. */
  | "hidden";

type Parts = {
  readonly feed: string;
  readonly ids: FeedIds;
  readonly devices: DeviceDirectory;
  /** Makes hidden names that no one can work back; the same for as long as the town keeps it. */
  readonly hiding_key: Uint8Array;
  /** A vehicle's next position is taken no sooner. */
  readonly spacing_ms: number;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/** What became of a message: positions on the bus, and what went no further by why. */
export type Taken = { readonly positions: number; readonly counts: ReadonlyMap<string, number> };

type Seen = { readonly at_ms: EpochMs };
type Known = { readonly vehicle_id: string | undefined; readonly until_ms: number };

/** Makes positions of what a feed tells, each once, under names that may be seen. */
export function openIntake({ feed, ids, devices, hiding_key, spacing_ms, outbox, clock }: Parts) {
  const seen = new Map<string, Seen>();
  const known = new Map<string, Known>();

  async function findVehicle(name: string): Promise<string | undefined> {
    const now_ms = clock.monotonic_ms();
    const before = known.get(name);
    if (before && before.until_ms > now_ms) return before.vehicle_id;
    const device = await devices.findDevice(`feed/${feed}`, name);
    if (!device) await devices.noteUnknown(`feed/${feed}`, name);
    remember(known, name, { vehicle_id: device?.vehicle_id, until_ms: now_ms + KNOWN_FOR_MS });
    return device?.vehicle_id;
  }

  function hidden(name: string): string {
    const digest = createHmac("sha256", hiding_key).update(`${feed}\0${name}`, "utf8").digest("hex");
    return `${feed}-${digest.slice(0, HIDDEN_DIGITS)}`;
  }

  /** What is a plate or a modem's number by its own look, or by the feed's word, is hidden whatever the settings say. */
  async function nameOf({ vehicle, is_plate }: FeedFix): Promise<string | undefined> {
    if (ids === "devices") return findVehicle(vehicle);
    const isSecret = ids === "hidden" || is_plate || IMEI.test(vehicle) || PLATE.test(vehicle);
    return isSecret ? hidden(vehicle) : vehicle;
  }

  function whyPassedOver(fix: FeedFix, at_ms: EpochMs, received_at_ms: EpochMs): string | undefined {
    const before = seen.get(fix.vehicle);
    if (before && at_ms <= before.at_ms) return "told-before";
    return (
      whyHeld(fix, received_at_ms) ?? (before && at_ms - before.at_ms < spacing_ms ? "too-soon" : undefined)
    );
  }

  /**
   * Resolves once the bus has all that is new.
   * @throws AppError of the bus or the records; then nothing counts as told, and the same message may be taken again.
   */
  async function take({ fixes, left_out }: FeedContent, received_at_ms: EpochMs): Promise<Taken> {
    const counts = new Map<string, number>(left_out);
    const count = (why: string) => counts.set(why, (counts.get(why) ?? 0) + 1);
    const positions: VehiclePosition[] = [];
    const told: [string, Seen][] = [];
    for (const fix of newestFirst(fixes, count)) {
      const { at_ms = received_at_ms } = fix;
      const why = whyPassedOver(fix, at_ms, received_at_ms);
      const vehicle_id = why === undefined ? await nameOf(fix) : undefined;
      if (vehicle_id === undefined) {
        count(why ?? "unknown-vehicle");
        continue;
      }
      positions.push({ ...positionOf(fix, vehicle_id, received_at_ms), ...tripOf(fix) });
      told.push([fix.vehicle, { at_ms }]);
    }
    await outbox.put(positions);
    for (const [vehicle, each] of told) remember(seen, vehicle, each);
    return { positions: positions.length, counts };
  }

  return { take };
}

export type Intake = ReturnType<typeof openIntake>;

/** Of what a message says of one vehicle the newest counts. */
function newestFirst(fixes: readonly FeedFix[], count: (why: string) => void): Iterable<FeedFix> {
  const newest = new Map<string, FeedFix>();
  for (const fix of fixes) {
    const before = newest.get(fix.vehicle);
    if (before) count("doubled");
    if (!before || (fix.at_ms ?? 0) > (before.at_ms ?? 0)) newest.set(fix.vehicle, fix);
  }
  return newest.values();
}

function tripOf({ trip_id, route_id, direction_id, start_date, start_time, block_id }: FeedFix) {
  return {
    ...(trip_id !== undefined && { trip_id }),
    ...(route_id !== undefined && { route_id }),
    ...(direction_id !== undefined && { direction_id }),
    ...(start_date !== undefined && { start_date }),
    ...(start_time !== undefined && { start_time }),
    ...(block_id !== undefined && { block_id }),
  };
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > VEHICLES_MAX && oldest !== undefined) map.delete(oldest);
}
