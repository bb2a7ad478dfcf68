/** How a series is drawn. `band` fills what lies between its values and its `upper` ones; `dots` stand alone. */
type Mark = "bar" | "line" | "dashed" | "dots" | "band";

/** One of the chart's colours, `--series-1` … in `tokens.css`: told apart by colour-blind people too, in both schemes. */
export type SeriesTone = 1 | 2 | 3 | 4;

export type ChartSeries = {
  readonly name: string;
  readonly mark: Mark;
  readonly tone: SeriesTone;
  /** One a place of the axis; undefined where there is nothing. */
  readonly values: readonly (number | undefined)[];
  /** Of a `band` alone. */
  readonly upper?: readonly (number | undefined)[];
};

/** A column of figures as the plot takes them, and how it is drawn. */
export type Plotted = {
  readonly series: ChartSeries;
  readonly values: readonly (number | null)[];
  /** Of two bars side by side the left and the right one; 0 in the middle. */
  readonly align: -1 | 0 | 1;
  /** Index among the plotted of the other edge, for a band's lower one. */
  readonly bandTo?: number;
};

/**
 * The columns to plot, in the order of drawing. Stacked bars are added up, the highest first, so that each shows its own part; two
 * bars that are not stacked stand side by side.
 */
export function plotted(all: readonly ChartSeries[], stacked: boolean): readonly Plotted[] {
  const bars = all.filter(({ mark }) => mark === "bar");
  const sums = stacked ? stackedUp(bars) : undefined;
  const columns: Plotted[] = [];
  const ordered = sums ? [...bars.toReversed(), ...all.filter(({ mark }) => mark !== "bar")] : all;
  for (const series of ordered) {
    const values = (sums?.get(series) ?? series.values).map((value) => value ?? null);
    const side = series === bars[0] ? -1 : 1;
    const align = series.mark === "bar" && !stacked && bars.length === 2 ? side : 0;
    if (series.mark === "band") {
      const upper = (series.upper ?? []).map((value) => value ?? null);
      columns.push({ series, values: upper, align }, { series, values, align, bandTo: columns.length });
    } else columns.push({ series, values, align });
  }
  return columns;
}

function stackedUp(bars: readonly ChartSeries[]): ReadonlyMap<ChartSeries, readonly number[]> {
  const sums = new Map<ChartSeries, readonly number[]>();
  let below: readonly number[] = [];
  for (const bar of bars) {
    below = bar.values.map((value, at) => (below[at] ?? 0) + (value ?? 0));
    sums.set(bar, below);
  }
  return sums;
}

/** What stands at one place of the axis, as a person reads it: "8:00: early 2%, on time 91%". */
export function placeText(
  label: string,
  series: readonly ChartSeries[],
  at: number,
  format: (value: number) => string,
): string {
  const parts = series.flatMap((each) => {
    const text = valueText(each, at, format);
    return text === undefined ? [] : `${each.name} ${text}`;
  });
  return `${label}: ${parts.join(", ")}`;
}

/** A series' figure at a place; a band's both edges. */
export function valueText(
  { values, upper }: ChartSeries,
  at: number,
  format: (value: number) => string,
): string | undefined {
  const value = values[at];
  if (value === undefined) return undefined;
  const high = upper?.[at];
  return high === undefined ? format(value) : `${format(value)} – ${format(high)}`;
}

const LABEL_CHARS_MAX = 24;

/** A label of the axis that leaves room for others. */
export function shortLabel(label: string): string {
  return label.length > LABEL_CHARS_MAX ? `${label.slice(0, LABEL_CHARS_MAX - 1)}…` : label;
}
