import { useSpeech } from "../../messages/use-speech.tsx";
import type { MapMeasure } from "../plan-view.ts";
import { useRevealed } from "../use-revealed.ts";
import type { MeasuredSegment } from "./network-segments.ts";
import { SCALES } from "./segment-scale.ts";
import { ClassMark, figureText, useSegmentName } from "./segment-words.tsx";

/** More than anybody reads; the file has them all. */
const SHOWN_MAX = 300;

/** The figures of the map, the worst first: each can be chosen, and is then looked at on the map. */
export function SegmentList({
  segments,
  measure,
  chosen,
  onChoose,
  onHover,
}: {
  readonly segments: readonly MeasuredSegment[];
  readonly measure: MapMeasure;
  readonly chosen: string;
  onChoose(id: string): void;
  onHover(id: string): void;
}) {
  const speech = useSpeech();
  const nameOf = useSegmentName();
  const { t } = speech;
  const { list, row } = useRevealed<HTMLElement, HTMLLIElement>(chosen);
  return (
    <section className="segment-list" ref={list} aria-label={t(SCALES[measure].title)}>
      <ol>
        {segments.slice(0, SHOWN_MAX).map((segment) => (
          <li key={segment.id} ref={segment.id === chosen ? row : undefined}>
            <button
              type="button"
              aria-pressed={segment.id === chosen}
              onClick={() => onChoose(segment.id)}
              onFocus={() => onHover(segment.id)}
              onBlur={() => onHover("")}
              onMouseEnter={() => onHover(segment.id)}
              onMouseLeave={() => onHover("")}
            >
              <ClassMark which={segment.which} />
              <span dir="auto">{nameOf(segment)}</span>
              <b>{figureText(measure, segment.value, speech)}</b>
              <small>{t("network.drives", { count: segment.n })}</small>
            </button>
            {segment.id === chosen && <Figures segment={segment} />}
          </li>
        ))}
      </ol>
      {segments.length > SHOWN_MAX && <p className="plan-cut">{t("plan.cut", { count: SHOWN_MAX })}</p>}
    </section>
  );
}

function Figures({ segment: { row } }: { readonly segment: MeasuredSegment }) {
  const speech = useSpeech();
  const { t, formats } = speech;
  const shown = [
    ["column.mean-delay", row["mean_delay_s"], "delay"],
    ["column.p50", row["p50_s"], "delay"],
    ["column.planned", row["planned_s"], "delay"],
    ["column.p50-kmh", row["p50_kmh"], "speed"],
  ] as const;
  return (
    <dl className="segment-figures">
      {shown.map(
        ([name, value, as]) =>
          typeof value === "number" && (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>{figureText(as, value, speech)}</dd>
            </div>
          ),
      )}
      <div>
        <dt>{t("column.length")}</dt>
        <dd>{formats.number(Math.round(Number(row["length_m"])))}</dd>
      </div>
    </dl>
  );
}
