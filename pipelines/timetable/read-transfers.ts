import type { Archive } from "./archive.ts";
import type { Notices } from "./notices.ts";
import type { TripRow } from "./read-trips.ts";
import { readTable } from "./table.ts";

/** Riders stay seated, or have to leave: in both the vehicle goes on with the trip named. */
const IN_SEAT = new Set(["4", "5"]);
/** Trips that one trip may be followed by, one a service day or so; more is no timetable. */
const NEXT_MAX = 50;

/**
 * transfers.txt as far as vehicles matter: which trips the vehicle of a trip may go on with (linked trips).
 * @see https://gtfs.org/documentation/schedule/reference/#linked-trips
 */
export async function readContinuations(
  archive: Archive,
  trips: ReadonlyMap<string, TripRow>,
  notices: Notices,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const continuations = new Map<string, string[]>();
  if (!archive.has("transfers.txt")) return continuations;
  const columns = { required: [], optional: ["from_trip_id", "to_trip_id", "transfer_type"] } as const;
  await readTable(archive, "transfers.txt", columns, (row, line) => {
    const { from_trip_id: from = "", to_trip_id: to = "", transfer_type = "" } = row;
    if (!IN_SEAT.has(transfer_type)) return;
    if (!trips.has(from) || !trips.has(to)) {
      notices.add("transfers.txt", line, "from_trip_id or to_trip_id is not in trips.txt; link left out");
      return;
    }
    const next = continuations.get(from) ?? [];
    if (next.length < NEXT_MAX) next.push(to);
    continuations.set(from, next);
  });
  return continuations;
}
