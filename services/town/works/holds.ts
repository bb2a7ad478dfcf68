import { randomUUID } from "node:crypto";
import type { HoldView } from "@yardline/api/privacy-parts";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { extendHold, holdRecording, listHolds, releaseHold } from "@yardline/records/holds";
import type { Records } from "@yardline/records/records";

/** Holds on record; whoever keeps recordings and events reads them each minute. */
export function holdsOf(records: Records, clock: Pick<Clock, "now_ms">): HoldView {
  return {
    list: () => listHolds(records),
    async make(hold) {
      const id = randomUUID();
      await holdRecording(records, id, { ...hold, held_at_ms: clock.now_ms() });
      const made = (await listHolds(records)).find((each) => each.id === id);
      if (!made) throw new AppError("HOLD_UNKNOWN", "The hold was released in this moment.");
      return made;
    },
    extend: (id, until_ms) => extendHold(records, id, { until_ms, now_ms: clock.now_ms() }),
    release: (id, how) => releaseHold(records, id, { ...how, now_ms: clock.now_ms() }),
  };
}
