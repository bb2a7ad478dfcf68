import type { EpochMs } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { type DeviceClock, GOOD_CLOCK, hearClock } from "@yardline/sources/cleaning/device-clock";
import { type FrozenPlace, hearPlace, NEVER_HEARD } from "@yardline/sources/cleaning/frozen-place";
import type { Fix } from "@yardline/sources/trackers/protocol";
import type { HeldReason } from "@yardline/telemetry/trackers";
import { positionOf, whyHeld } from "./plausibility.ts";

/** More devices than any town has; the one that was not heard for longest is judged anew. */
const DEVICES_MAX = 20_000;

type Device = { readonly clock: DeviceClock; readonly place: FrozenPlace };

/** What became of a message's fixes. */
export type Cleaned = {
  readonly positions: readonly VehiclePosition[];
  readonly held: ReadonlyMap<HeldReason, number>;
  /** Set where the device's clock was just found to be off by another number of hours than before; 0: right again. */
  readonly clock_ahead_ms?: number;
};

/** Knows each device's clock and receiver from what it said before, over all its connections. */
export type Cleaning = {
  /** @param device unique among all: its protocol and id. @param fixes of one message. */
  clean(device: string, fixes: readonly Fix[], vehicle_id: string, received_at_ms: EpochMs): Cleaned;
};

export function openCleaning(): Cleaning {
  const devices = new Map<string, Device>();

  function remember(name: string, device: Device): void {
    // Taken out and put in again: a Map keeps the order of insertion.
    devices.delete(name);
    devices.set(name, device);
    for (const oldest of devices.keys()) {
      if (devices.size <= DEVICES_MAX) break;
      devices.delete(oldest);
    }
  }

  return {
    clean(name, fixes, vehicle_id, received_at_ms) {
      const before = devices.get(name) ?? { clock: GOOD_CLOCK, place: NEVER_HEARD };
      const clock = clockAfter(before.clock, fixes, received_at_ms);
      let { place } = before;
      const held = new Map<HeldReason, number>();
      const positions: VehiclePosition[] = [];
      for (const said of fixes) {
        const fix = corrected(said, clock.ahead_ms);
        const why = whyHeld(fix, received_at_ms);
        if (why) {
          held.set(why, (held.get(why) ?? 0) + 1);
          continue;
        }
        place = hearPlace(place, { ...fix, at_ms: fix.at_ms ?? received_at_ms });
        positions.push({
          ...positionOf(fix, vehicle_id, received_at_ms),
          ...(said.at_ms !== undefined && said.at_ms !== fix.at_ms && { device_at_ms: said.at_ms }),
          ...(place.frozen && { frozen: true as const }),
        });
      }
      remember(name, { clock, place });
      const isNew = clock.ahead_ms !== before.clock.ahead_ms;
      return { positions, held, ...(isNew && { clock_ahead_ms: clock.ahead_ms }) };
    },
  };
}

/** Only the newest of a message was made as it was sent, and none of them where the device says so itself. */
function clockAfter(clock: DeviceClock, fixes: readonly Fix[], received_at_ms: EpochMs): DeviceClock {
  const newest_ms = fixes.reduce<EpochMs | undefined>(
    (best, { at_ms, buffered }) => (buffered || at_ms === undefined ? best : Math.max(at_ms, best ?? at_ms)),
    undefined,
  );
  return newest_ms === undefined ? clock : hearClock(clock, newest_ms, received_at_ms);
}

function corrected(fix: Fix, ahead_ms: number): Fix {
  return fix.at_ms === undefined || ahead_ms === 0 ? fix : { ...fix, at_ms: fix.at_ms - ahead_ms };
}
