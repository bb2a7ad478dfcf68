import { expect, test } from "vitest";
import { type ChartSeries, placeText, plotted, shortLabel } from "./chart-data.ts";

const bar = (name: string, ...values: (number | undefined)[]): ChartSeries => ({
  ...{ name, mark: "bar", tone: 1, values },
});
const told = (series: readonly ChartSeries[], stacked: boolean) =>
  plotted(series, stacked).map(
    ({ series: { name }, values, align, bandTo }) => `${name} ${values} ${align} ${bandTo ?? ""}`,
  );

test("stacked bars are added up, and the lowest is drawn last, over the others", () => {
  expect(told([bar("early", 1, 2), bar("late", 3, undefined), bar("lost", 4, 5)], true)).toEqual([
    "lost 8,7 0 ",
    "late 4,2 0 ",
    "early 1,2 0 ",
  ]);
});

test("two bars stand side by side, a line and a band lie over them", () => {
  const band: ChartSeries = { name: "spread", mark: "band", tone: 2, values: [1], upper: [9] };
  const line: ChartSeries = { name: "planned", mark: "dashed", tone: 3, values: [5] };
  expect(told([bar("now", 1), bar("then", 2), band, line], false)).toEqual([
    "now 1 -1 ",
    "then 2 1 ",
    "spread 9 0 ",
    "spread 1 0 2",
    "planned 5 0 ",
  ]);
});

test("a place in words: what is not there is not said", () => {
  const band: ChartSeries = { name: "spread", mark: "band", tone: 2, values: [1], upper: [9] };
  expect(placeText("8:00", [bar("early", 2), bar("late", undefined), band], 0, (n) => `${n} s`)).toBe(
    "8:00: early 2 s, spread 1 s – 9 s",
  );
  expect(shortLabel("Залізничний вокзал → Новобудови")).toBe("Залізничний вокзал → Но…");
});
