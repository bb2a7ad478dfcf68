import { useEffect, useRef, useState } from "react";
import type uPlot from "uplot";
import { useSpeech } from "../messages/use-speech.tsx";
import { useMedia } from "../page/use-media.ts";
import { type ChartSeries, placeText, valueText } from "./chart-data.ts";
import { saveChart } from "./chart-picture.ts";
import { makePlot } from "./chart-plot.ts";
import "./chart.css";

export type ChartProps = {
  /** What it shows, for whoever cannot see it and for the picture that is saved. */
  readonly name: string;
  /** The places of the axis. Give the same array for the same chart: another one is drawn anew, as with `series` and `format`. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Bars on top of each other, as the parts of a whole. */
  readonly stacked?: boolean;
  readonly format: (value: number) => string;
  /** A stretch of the axis was drawn over with the mouse: its first and last place. */
  readonly onSelect?: (first: number, last: number) => void;
};

/**
 * Figures over an axis of places (hours, stops, days), with their legend. Under the mouse, or with the arrow keys on the slider
 * below it, the legend tells the figures of one place. What is drawn must be in a table too.
 */
export function Chart({ name, labels, series, stacked = false, format, onSelect }: ChartProps) {
  const { t } = useSpeech();
  const room = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [at, setAt] = useState<number>();
  const selected = useRef(onSelect);
  selected.current = onSelect;
  const dark = useMedia("(prefers-color-scheme: dark)");
  const selects = onSelect !== undefined;

  // The scheme changes the colours that the plot reads.
  useEffect(() => {
    if (!room.current) return;
    setAt(undefined);
    const { made, remove } = makePlot(room.current, { labels, series, stacked, format }, setAt, {
      ...(selects && { onSelect: (first: number, last: number) => selected.current?.(first, last) }),
    });
    plot.current = made;
    return remove;
  }, [labels, series, stacked, format, selects, dark]);

  const look = (place: number) => {
    const left = plot.current?.valToPos(place, "x");
    if (left !== undefined) plot.current?.setCursor({ left, top: 1 });
  };
  return (
    <figure className="chart" aria-label={name}>
      <Legend series={series} format={format} at={at} place={at === undefined ? "" : (labels[at] ?? "")} />
      <div className="chart-room" ref={room} aria-hidden="true" />
      <div className="chart-foot">
        <input
          type="range"
          min={0}
          max={Math.max(0, labels.length - 1)}
          value={at ?? 0}
          aria-label={t("chart.place", { name })}
          aria-valuetext={placeText(labels[at ?? 0] ?? "", series, at ?? 0, format)}
          onFocus={() => look(at ?? 0)}
          onChange={({ target }) => look(target.valueAsNumber)}
        />
        <button
          type="button"
          className="button"
          onClick={() => plot.current && void saveChart(plot.current.ctx.canvas, name, series)}
        >
          PNG
        </button>
      </div>
    </figure>
  );
}

function Legend({
  series,
  format,
  at,
  place,
}: Pick<ChartProps, "series" | "format"> & { readonly at: number | undefined; readonly place: string }) {
  return (
    <ul className="chart-legend">
      {series.map((each) => (
        <li key={each.name}>
          <span className={`chart-mark chart-mark-${each.mark} series-${each.tone}`} aria-hidden="true" />
          {each.name} <b>{at === undefined ? "" : (valueText(each, at, format) ?? "–")}</b>
        </li>
      ))}
      <li className="chart-place">{place}</li>
    </ul>
  );
}
