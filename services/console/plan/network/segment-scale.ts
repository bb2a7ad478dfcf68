import type { MessageKey } from "../../messages/translate.ts";
import type { MapMeasure } from "../plan-view.ts";

/**
 * Five classes from 1 (early, made up, fast) over 2 (as it should be) to 5 (worst). Each has its colour and its width, so that the map
 * can be read without telling colours apart.
 */
export type SegmentClass = 1 | 2 | 3 | 4 | 5;
export const SEGMENT_CLASSES: readonly SegmentClass[] = [1, 2, 3, 4, 5];

type Scale = {
  readonly column: "mean_delay_s" | "gained_s" | "p50_kmh";
  readonly title: MessageKey;
  /** Where the next class begins, from class 1 on: rising, or falling where less is worse. */
  readonly edges: readonly [number, number, number, number];
};

export const SCALES: Readonly<Record<MapMeasure, Scale>> = {
  delay: { column: "mean_delay_s", title: "network.delay", edges: [-60, 60, 180, 300] },
  gained: { column: "gained_s", title: "network.gained", edges: [-10, 10, 30, 60] },
  speed: { column: "p50_kmh", title: "network.speed", edges: [30, 20, 15, 10] },
};

/** The class of a figure; one on an edge belongs to the class that begins there. */
export function classOf(measure: MapMeasure, value: number): SegmentClass {
  const { edges } = SCALES[measure];
  const falling = edges[0] > edges[3];
  const passed = edges.filter((edge) => (falling ? value <= edge : value >= edge)).length;
  return SEGMENT_CLASSES[passed] ?? 5;
}

/** The two figures between which a class lies; at its open side undefined. */
export function boundsOf(
  measure: MapMeasure,
  which: SegmentClass,
): readonly [number | undefined, number | undefined] {
  const { edges } = SCALES[measure];
  const [begins, ends] = [edges[which - 2], edges[which - 1]];
  return edges[0] > edges[3] ? [ends, begins] : [begins, ends];
}
