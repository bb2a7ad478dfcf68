import { expect, test } from "vitest";
import { chartsOf, PLACES_MAX, type ReportChart, type Words } from "./report-charts.ts";
import { REPORT_NAMES } from "./reports.ts";

const words: Words = {
  t: (key) => key,
  line: (id) => `line ${id}`,
  stop: (id) => id.toUpperCase(),
};
const told = (charts: readonly ReportChart[]) =>
  charts.map(({ title, labels, series }) => ({
    ...{ title, labels },
    series: series.map(
      ({ name, mark, values, upper }) => `${name} ${mark} ${values}${upper ? ` to ${upper}` : ""}`,
    ),
  }));
const way = { feed: "town", route_id: "7", direction_id: 0 };

test("on time by hour where hours are told, else by line and direction", () => {
  const row = { ...way, n: 4, early: 0.25, on_time: 0.5, late: 0.25 };
  expect(told(chartsOf("on-time", [{ ...row, hour: 8 }], words))[0]?.labels).toEqual(["8:00"]);
  expect(told(chartsOf("on-time", [row], words))).toEqual([
    {
      ...{ title: "chart.on-time", labels: ["line 7 / 1"] },
      series: ["column.on-time bar 0.5", "column.early bar 0.25", "column.late bar 0.25"],
    },
  ]);
});

test("run times of one way from stop to stop with their spread and what is planned", () => {
  const hop = (from: string, to: string) => ({
    ...{ ...way, stop_id: from, next_stop_id: to, n: 5, p10_s: 60, p50_s: 120, p90_s: 300, planned_s: 90 },
  });
  expect(told(chartsOf("run-times", [hop("b", "c"), hop("a", "b")], words))).toEqual([
    {
      ...{ title: "chart.run-times", labels: ["A → B", "B → C"] },
      series: ["chart.spread band 1,1 to 5,5", "chart.median line 2,2", "column.planned dashed 1.5,1.5"],
    },
  ]);
});

test("days of missed trips by their parts; two periods by measure", () => {
  const day = { ...way, service_date: "20261002", planned_trips: 10, cancelled_trips: 1, missed_trips: 2 };
  expect(told(chartsOf("missed-trips", [day, { ...day, service_date: "20261001" }], words))[0]).toEqual({
    ...{ title: "chart.missed-trips", labels: ["01.10", "02.10"] },
    series: ["chart.driven bar 7,7", "column.cancelled-trips bar 1,1", "column.missed-trips bar 2,2"],
  });
  const measured = { feed: "town", route_id: "7", measure: "departure_delay_s", before: 60, after: 90 };
  expect(told(chartsOf("comparison", [measured], words))).toEqual([
    {
      ...{ title: "chart.comparison.delay", labels: ["line 7"] },
      series: ["column.before bar 1", "column.after bar 1.5"],
    },
  ]);
});

test("no rows are no chart, and no chart has more places than can be read", () => {
  for (const name of REPORT_NAMES) expect(chartsOf(name, [], words)).toEqual([]);
  const rows = Array.from({ length: 99 }, (_, n) => ({ ...way, stop_id: "a", next_stop_id: "b", lost_s: n }));
  const [chart] = chartsOf("slow-segments", rows, words);
  expect([chart?.labels.length, chart?.series[0]?.values[0]]).toEqual([PLACES_MAX, 98 / 60]);
});
