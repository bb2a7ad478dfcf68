import type { EpochMs } from "@yardline/domain/time";
import type { Placement } from "@yardline/matching/placement";
import { departureOf } from "@yardline/timetable/timetable";
import { delayAfter_ms, delayOf_ms, isWaiting, legsAhead } from "./drive.ts";
import type { Paces } from "./paces.ts";

/** When a vehicle is expected at one stop of its run, before what is known of such expectations' errors. */
export type Expected = { readonly stop: number; readonly expected_ms: EpochMs };

/** The vehicle's present delay carried along the timetable, moved at each link by what the paces know of it. */
export function* expectStops(paces: Paces, placement: Placement, now_ms: EpochMs): Generator<Expected> {
  const extra = paces.extrasOn(placement, now_ms);
  let delay_ms = delayOf_ms(placement);
  // Whoever waits at the first stop still takes passengers there.
  if (isWaiting(placement)) yield { stop: 0, expected_ms: departureOf(placement.run, 0) + delay_ms };
  for (const leg of legsAhead(placement)) {
    delay_ms = delayAfter_ms(delay_ms, leg, extra(leg));
    yield { stop: leg.stop, expected_ms: leg.due_ms + delay_ms };
  }
}
