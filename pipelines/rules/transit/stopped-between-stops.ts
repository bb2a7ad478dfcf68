import { standingRule } from "./standing.ts";

/** A traffic light, a level crossing or a queue at both takes less. */
const STOPPED_MS_MAX = 180_000;

/** A vehicle stands on the open road. */
export const stoppedBetweenStops = standingRule({
  raises: "transit.stopped-between-stops",
  severity: "info",
  unusualFrom: (_run, { at_stop, since_ms }) =>
    at_stop === undefined ? since_ms + STOPPED_MS_MAX : undefined,
});
