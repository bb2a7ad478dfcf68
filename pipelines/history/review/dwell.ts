import type { Dimension } from "../history.ts";
import { defineReport } from "./report.ts";
import { DRIVES_MIN } from "./run-times.ts";

const PERCENTILES = [0.1, 0.5, 0.9] as const;

export const dwellReport = defineReport({
  name: "dwell",
  summary: "How long vehicles stand at each stop, by line, direction and stop.",
  async run({ history, filter, options: { hourly }, signal }) {
    const by: readonly Dimension[] = [
      "feed",
      "route_id",
      "direction_id",
      "stop_id",
      ...(hourly ? (["hour"] as const) : []),
    ];
    const found = await history.percentiles(
      { measure: "dwell_s", filter, by, percentiles: PERCENTILES },
      signal,
    );
    const rows = found
      .filter(({ n }) => n >= DRIVES_MIN)
      .map(({ group, n, mean, values: [p10_s = 0, p50_s = 0, p90_s = 0] }) => ({
        ...group,
        ...{ n, mean_s: mean, p10_s, p50_s, p90_s },
      }));
    const hidden = found.length - rows.length;
    const definition =
      "From coming within 25 m of a stop along the line to leaving it, passing by without a halt included. A tenth of the calls take no longer " +
      `than p10, half no longer than p50, nine tenths no longer than p90. Fewer than ${DRIVES_MIN} calls are not shown; not shown here: ${hidden}.`;
    return { definition, rows };
  },
});
