import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type ChartSeries, type Plotted, plotted, shortLabel } from "./chart-data.ts";

type Drawn = {
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly stacked: boolean;
  format(value: number): string;
};

const HEIGHT_PX = 280;
/** Labels of words lean, and need room below. */
const WORDS_CHARS_MIN = 6;
const WORDS_HEIGHT_PX_MAX = 120;
const LETTER_PX = 5.2;
const LABEL_HEIGHT_PX = 34;
const FIGURES_WIDTH_PX = 64;
/** Between labels of the axis. */
const STEPS = [1, 2, 3, 4, 6, 8, 12, 24, 48, 96, 192, 384, 768];

/**
 * A plot in the element, which follows its width.
 * @param tell which place of the axis lies under the cursor.
 */
export function makePlot(
  room: HTMLElement,
  drawn: Drawn,
  tell: (place: number | undefined) => void,
  { onSelect }: { onSelect?(first: number, last: number): void },
): { readonly made: uPlot; remove(): void } {
  const columns = plotted(drawn.series, drawn.stacked);
  const last = drawn.labels.length - 1;
  const within = (place: number) => Math.min(last, Math.max(0, Math.round(place)));
  const options: uPlot.Options = {
    width: Math.max(200, room.clientWidth),
    height: HEIGHT_PX,
    legend: { show: false },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: onSelect !== undefined, y: false, setScale: false },
    },
    ...look(room, drawn, columns),
    hooks: {
      setCursor: [({ cursor: { idx } }) => tell(idx ?? undefined)],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 2) return;
          onSelect?.(within(plot.posToVal(left, "x")), within(plot.posToVal(left + width, "x")));
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
  const places = drawn.labels.map((_, place) => place);
  const made = new uPlot(options, [places, ...columns.map(({ values }) => [...values])], room);
  const watch = new ResizeObserver(() =>
    made.setSize({ width: Math.max(200, room.clientWidth), height: HEIGHT_PX }),
  );
  watch.observe(room);
  return {
    made,
    remove() {
      watch.disconnect();
      made.destroy();
    },
  };
}

/** Axes, scales and colours, by the tokens of the page. */
function look(
  room: HTMLElement,
  { labels, format }: Drawn,
  columns: readonly Plotted[],
): Pick<uPlot.Options, "axes" | "scales" | "series" | "bands"> {
  const styles = getComputedStyle(room);
  const token = (name: string) => styles.getPropertyValue(name).trim();
  const words = labels.some((label) => label.length >= WORDS_CHARS_MIN) && labels.length > 2;
  const longest = Math.max(0, ...labels.map((label) => shortLabel(label).length));
  const words_px = Math.min(WORDS_HEIGHT_PX_MAX, LABEL_HEIGHT_PX + longest * LETTER_PX);
  const font = `12px ${styles.fontFamily}`;
  const axis = { stroke: token("--ink-2"), font, ticks: { show: false } } as const;
  return {
    scales: {
      x: { time: false, range: [-0.6, labels.length - 0.4] },
      y: { range: (_, min, max) => [Math.min(0, min * 1.08), Math.max(0, max * 1.08) || 1] },
    },
    axes: [
      {
        ...axis,
        ...{ grid: { show: false }, incrs: STEPS, space: words ? 26 : 44 },
        ...(words && { rotate: -40, size: words_px }),
        ...(!words && { size: LABEL_HEIGHT_PX }),
        values: (_, places) => places.map((place) => shortLabel(labels[place] ?? "")),
      },
      {
        ...{ ...axis, size: FIGURES_WIDTH_PX, grid: { stroke: token("--edge"), width: 1 } },
        values: (_, values) => values.map(format),
      },
    ],
    series: [{}, ...columns.map((column) => seriesOf(column, token))],
    bands: columns.flatMap(({ bandTo, series: { tone } }, at) =>
      bandTo === undefined
        ? []
        : { series: [bandTo + 1, at + 1] as [number, number], fill: `${token(`--series-${tone}`)}55` },
    ),
  };
}

function seriesOf({ series: { mark, tone }, align }: Plotted, token: (name: string) => string): uPlot.Series {
  const stroke = token(`--series-${tone}`);
  const bars = uPlot.paths.bars;
  if (mark === "bar" && bars) {
    const paths = bars({ size: align === 0 ? [0.72, 64] : [0.36, 32], align });
    return { stroke, fill: stroke, width: 0, paths, points: { show: false } };
  }
  const points = { show: mark === "dots", size: 9, fill: stroke };
  if (mark === "dots") return { stroke, paths: () => null, points };
  const width = mark === "band" ? 0.5 : 2.5;
  return { stroke, width, points: { show: false }, ...(mark === "dashed" && { dash: [7, 5] }) };
}
