import { type Speech, useSpeech } from "../../messages/use-speech.tsx";
import { useTown } from "../../page/use-town.tsx";
import { minutesText } from "../columns.ts";
import type { MapMeasure } from "../plan-view.ts";
import type { MeasuredSegment } from "./network-segments.ts";
import { boundsOf, SEGMENT_CLASSES, type SegmentClass } from "./segment-scale.ts";

/** A figure of the map, with its unit. */
export function figureText(measure: MapMeasure, value: number, { t, formats }: Speech): string {
  if (measure === "speed") return t("unit.kmh", { value: formats.number(value) });
  return t("unit.min", { value: minutesText(value) });
}

/** From where to where a segment leads. */
export function useSegmentName(): (segment: Pick<MeasuredSegment, "stop_id" | "next_stop_id">) => string {
  const { findStopName } = useTown();
  return ({ stop_id, next_stop_id }) =>
    `${findStopName(stop_id) ?? stop_id} → ${findStopName(next_stop_id) ?? next_stop_id}`;
}

/** The stroke that a class has on the map. */
export function ClassMark({ which }: { readonly which: SegmentClass }) {
  return <span className={`segment-mark scale-${which}`} aria-hidden="true" />;
}

/** What each colour and width means. */
export function ScaleLegend({ measure }: { readonly measure: MapMeasure }) {
  const speech = useSpeech();
  const text = (which: SegmentClass) => {
    const [low, high] = boundsOf(measure, which).map((bound) =>
      bound === undefined ? undefined : figureText(measure, bound, speech),
    );
    if (low === undefined) return speech.t("scale.under", { value: high ?? "" });
    return high === undefined ? speech.t("scale.over", { value: low }) : `${low} – ${high}`;
  };
  return (
    <ul className="segment-legend" aria-label={speech.t("network.legend")}>
      {SEGMENT_CLASSES.map((which) => (
        <li key={which}>
          <ClassMark which={which} /> {text(which)}
        </li>
      ))}
    </ul>
  );
}
