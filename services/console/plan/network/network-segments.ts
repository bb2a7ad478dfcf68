import type { ReportRow, SegmentCollection } from "../../api/types.ts";
import type { MapMeasure } from "../plan-view.ts";
import { classOf, SCALES, type SegmentClass } from "./segment-scale.ts";

/** A segment with what was measured on it. */
export type MeasuredSegment = {
  /** As it stands in the address. */
  readonly id: string;
  readonly stop_id: string;
  readonly next_stop_id: string;
  readonly value: number;
  readonly which: SegmentClass;
  readonly n: number;
  readonly row: ReportRow;
  /** In driving order; undefined where the timetable at hand has no such way. */
  readonly way: readonly (readonly [number, number])[] | undefined;
};

/** The rows of the report `network` on their ways, the worst first; those without the figure are left out. */
export function measuredSegments(
  rows: readonly ReportRow[],
  { features }: SegmentCollection,
  measure: MapMeasure,
): readonly MeasuredSegment[] {
  const ways = new Map(
    features.map(({ properties: { feed, stop_id, next_stop_id }, geometry }) => [
      [feed, stop_id, next_stop_id].join("\t"),
      geometry.coordinates,
    ]),
  );
  const { column, edges } = SCALES[measure];
  const measured = rows.flatMap((row): MeasuredSegment[] => {
    const [feed, stop_id, next_stop_id] = [row["feed"], row["stop_id"], row["next_stop_id"]].map(String);
    const value = row[column];
    if (typeof value !== "number" || stop_id === undefined || next_stop_id === undefined) return [];
    const way = ways.get([feed, stop_id, next_stop_id].join("\t"));
    const id = `${stop_id}~${next_stop_id}`;
    return [
      { id, stop_id, next_stop_id, value, which: classOf(measure, value), n: Number(row["n"]), row, way },
    ];
  });
  const sign = edges[0] > edges[3] ? 1 : -1;
  return measured.toSorted((a, b) => sign * (a.value - b.value) || (a.id < b.id ? -1 : 1));
}
