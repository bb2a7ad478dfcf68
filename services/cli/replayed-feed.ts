import type { EpochMs } from "@yardline/domain/time";
import bindings from "gtfs-realtime-bindings";
import type { PositionRow } from "./verbs/positions-csv.ts";

const { FeedMessage } = bindings.transit_realtime;
/** A vehicle that the recording has not told of for so long is gone, in the recording's time. */
const GONE_AFTER_MS = 5 * 60_000;

type Replay = {
  /** The instant of the recording with which it begins. */
  readonly from_ms: EpochMs;
  /** When it begins to be played. */
  readonly began_ms: EpochMs;
  /** Seconds of the recording in a second of ours. */
  readonly speed: number;
};

/** Plays recorded positions as if they were of now. */
export class ReplayedFeed {
  readonly #rows: readonly PositionRow[];
  readonly #replay: Replay;
  readonly #newest = new Map<string, PositionRow>();
  #next: number;

  /** @param rows in the order of their time. */
  constructor(rows: readonly PositionRow[], replay: Replay) {
    this.#rows = rows;
    this.#replay = replay;
    const first = rows.findIndex(({ fix }) => fix.at_ms >= replay.from_ms);
    this.#next = first < 0 ? rows.length : first;
  }

  /** Whether everything was played; the clock must never go back. */
  isOver(now_ms: EpochMs): boolean {
    const last = this.#rows.at(-1);
    return last === undefined || this.#recordedAt(now_ms) > last.fix.at_ms;
  }

  /** GTFS-Realtime VehiclePositions as they are at an instant: each vehicle's newest, its time moved to ours. */
  feedAt(now_ms: EpochMs): Uint8Array {
    const at_ms = this.#recordedAt(now_ms);
    for (;;) {
      const row = this.#rows[this.#next];
      if (!row || row.fix.at_ms > at_ms) break;
      this.#newest.set(row.vehicle_id, row);
      this.#next++;
    }
    for (const [vehicle, { fix }] of this.#newest)
      if (fix.at_ms < at_ms - GONE_AFTER_MS) this.#newest.delete(vehicle);
    return FeedMessage.encode({
      header: { gtfsRealtimeVersion: "2.0", timestamp: Math.floor(now_ms / 1000) },
      entity: [...this.#newest.values()].map((row) => ({ id: row.vehicle_id, vehicle: this.#vehicle(row) })),
    }).finish();
  }

  #vehicle({ vehicle_id, fix, speed_mps, course_deg }: PositionRow) {
    const { latitude, longitude, trip_id, route_id } = fix;
    return {
      vehicle: { id: vehicle_id },
      position: {
        ...{ latitude, longitude },
        ...(speed_mps !== undefined && { speed: speed_mps }),
        ...(course_deg !== undefined && { bearing: course_deg }),
      },
      timestamp: Math.floor(this.#playedAt(fix.at_ms) / 1000),
      // The trip's day was the recording's; its run of now is the nearest one.
      ...(trip_id !== undefined && {
        trip: { tripId: trip_id, ...(route_id !== undefined && { routeId: route_id }) },
      }),
    };
  }

  #recordedAt(now_ms: EpochMs): EpochMs {
    const { from_ms, began_ms, speed } = this.#replay;
    return from_ms + (now_ms - began_ms) * speed;
  }

  #playedAt(at_ms: EpochMs): EpochMs {
    const { from_ms, began_ms, speed } = this.#replay;
    return began_ms + (at_ms - from_ms) / speed;
  }
}
