import type { ReportRow } from "../api/types.ts";
import type { ChartSeries } from "../elements/chart-data.ts";
import type { MessageKey } from "../messages/translate.ts";
import { byHour, meanBy } from "./by-hour.ts";
import { hopsInOrder } from "./hop-order.ts";
import type { ReportName } from "./reports.ts";

/** How the words of a chart are said. */
export type Words = {
  t(key: MessageKey): string;
  line(route_id: string): string;
  stop(stop_id: string): string;
};

/** A chart of a report's rows, as `elements/chart.tsx` draws it. */
export type ReportChart = {
  readonly title: MessageKey;
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly stacked?: boolean;
  readonly unit: "share" | "minutes" | "kmh" | "number";
};

/** More places than this are no chart any more: the worst ones are drawn, the table has all. */
export const PLACES_MAX = 30;

type Draw = (rows: readonly ReportRow[], words: Words) => readonly ReportChart[];

const num = (row: ReportRow, name: string): number | undefined => {
  const cell = row[name];
  return typeof cell === "number" ? cell : undefined;
};
const minutes = (row: ReportRow, name: string): number | undefined => {
  const s = num(row, name);
  return s === undefined ? undefined : s / 60;
};
const worst = (rows: readonly ReportRow[], by: (row: ReportRow) => number | undefined) =>
  rows.toSorted((a, b) => (by(b) ?? 0) - (by(a) ?? 0)).slice(0, PLACES_MAX);

const hourText = (row: ReportRow) => (typeof row["hour"] === "number" ? `, ${row["hour"]}:00` : "");
const segmentText = (row: ReportRow, { stop }: Words) =>
  `${stop(String(row["stop_id"]))} → ${stop(String(row["next_stop_id"]))}${hourText(row)}`;
const wayText = (row: ReportRow, { line }: Words) => {
  const direction = row["direction_id"];
  return `${line(String(row["route_id"]))}${typeof direction === "number" ? ` / ${direction + 1}` : ""}`;
};

const shares: Draw = (rows, words) => {
  const hours = byHour(rows);
  const groups =
    hours ?? rows.slice(0, PLACES_MAX).map((row) => ({ label: wayText(row, words), rows: [row] }));
  const of = (name: string) => groups.map((group) => meanBy(group.rows, name, "n"));
  return [
    {
      ...{ title: "chart.on-time", labels: groups.map(({ label }) => label), stacked: true, unit: "share" },
      series: [
        { name: words.t("column.on-time"), mark: "bar", tone: 1, values: of("on_time") },
        { name: words.t("column.early"), mark: "bar", tone: 4, values: of("early") },
        { name: words.t("column.late"), mark: "bar", tone: 2, values: of("late") },
      ],
    },
  ];
};

const headways: Draw = (rows, { t }) => {
  const hours = byHour(rows) ?? [];
  const labels = hours.map(({ label }) => label);
  const of = (name: string, times = 1) =>
    hours.map((hour) => {
      const mean = meanBy(hour.rows, name, "n");
      return mean === undefined ? undefined : mean * times;
    });
  const perMinute = 1 / 60;
  return [
    {
      ...{ title: "chart.headways", labels, unit: "minutes" },
      series: [
        { name: t("column.mean-headway"), mark: "line", tone: 1, values: of("mean_headway_s", perMinute) },
        {
          name: t("column.planned-headway"),
          mark: "dashed",
          tone: 3,
          values: of("planned_headway_s", perMinute),
        },
        { name: t("column.excess-wait"), mark: "bar", tone: 4, values: of("excess_wait_s", perMinute) },
      ],
    },
    {
      ...{ title: "chart.bunching", labels, unit: "share" },
      series: [
        { name: t("column.bunched"), mark: "bar", tone: 2, values: of("bunched") },
        { name: t("column.gaps"), mark: "bar", tone: 4, values: of("gaps") },
      ],
    },
  ];
};

/** Percentiles in minutes, and what the timetable gives where the rows say it. */
function spread(
  rows: readonly ReportRow[],
  labels: readonly string[],
  title: MessageKey,
  { t }: Words,
): ReportChart {
  const of = (name: string) => rows.map((row) => minutes(row, name));
  const planned = of("planned_s");
  const series: ChartSeries[] = [
    { name: t("chart.spread"), mark: "band", tone: 1, values: of("p10_s"), upper: of("p90_s") },
    { name: t("chart.median"), mark: "line", tone: 1, values: of("p50_s") },
  ];
  if (planned.some((value) => value !== undefined))
    series.push({ name: t("column.planned"), mark: "dashed", tone: 2, values: planned });
  return { title, labels, series, unit: "minutes" };
}

const runTimes: Draw = (rows, words) => {
  const chain = hopsInOrder(rows);
  const late = (row: ReportRow) =>
    (num(row, "p50_s") ?? 0) - (num(row, "planned_s") ?? num(row, "p50_s") ?? 0);
  const shown = chain ?? worst(rows, late);
  const label = (row: ReportRow) =>
    chain ? segmentText(row, words) : `${wayText(row, words)}: ${segmentText(row, words)}`;
  return [spread(shown, shown.map(label), chain ? "chart.run-times" : "chart.run-times.worst", words)];
};

const dwell: Draw = (rows, words) => {
  const shown = worst(rows, (row) => num(row, "p90_s"));
  const label = (row: ReportRow) => `${words.stop(String(row["stop_id"]))}${hourText(row)}`;
  return [spread(shown, shown.map(label), "chart.dwell", words)];
};

const slow: Draw = (rows, words) => {
  const shown = worst(rows, (row) => num(row, "lost_s"));
  const lost = shown.map((row) => minutes(row, "lost_s"));
  return [
    {
      ...{
        title: "chart.slow-segments",
        labels: shown.map((row) => segmentText(row, words)),
        unit: "minutes",
      },
      series: [{ name: words.t("column.lost"), mark: "bar", tone: 2, values: lost }],
    },
  ];
};

const speeding: Draw = (rows, words) => {
  const shown = worst(rows, (row) => num(row, "p85_kmh"));
  const of = (name: string) => shown.map((row) => num(row, name));
  return [
    {
      ...{ title: "chart.speeding", labels: shown.map((row) => segmentText(row, words)), unit: "kmh" },
      series: [
        { name: words.t("column.p85-kmh"), mark: "bar", tone: 2, values: of("p85_kmh") },
        { name: words.t("column.p50-kmh"), mark: "dots", tone: 3, values: of("p50_kmh") },
      ],
    },
  ];
};

const missed: Draw = (rows, { t }) => {
  const days = [...Map.groupBy(rows, (row) => String(row["service_date"]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sum = (name: string) =>
    days.map(([, own]) => own.reduce((all, row) => all + (num(row, name) ?? 0), 0));
  const [planned, cancelled, lost] = [sum("planned_trips"), sum("cancelled_trips"), sum("missed_trips")];
  const driven = planned.map((all, at) => all - (cancelled[at] ?? 0) - (lost[at] ?? 0));
  return [
    {
      ...{ title: "chart.missed-trips", stacked: true, unit: "number" },
      labels: days.map(([date]) => `${date.slice(6)}.${date.slice(4, 6)}`),
      series: [
        { name: t("chart.driven"), mark: "bar", tone: 1, values: driven },
        { name: t("column.cancelled-trips"), mark: "bar", tone: 3, values: cancelled },
        { name: t("column.missed-trips"), mark: "bar", tone: 2, values: lost },
      ],
    },
  ];
};

const comparison: Draw = (rows, words) => {
  const of = (measure: string, title: MessageKey, unit: ReportChart["unit"], times: number): ReportChart => {
    const own = rows.filter((row) => row["measure"] === measure).slice(0, PLACES_MAX);
    const values = (name: string) => own.map((row) => (num(row, name) ?? 0) * times);
    return {
      ...{ title, unit, labels: own.map((row) => wayText(row, words)) },
      series: [
        { name: words.t("column.before"), mark: "bar", tone: 3, values: values("before") },
        { name: words.t("column.after"), mark: "bar", tone: 1, values: values("after") },
      ],
    };
  };
  return [
    of("on_time", "chart.comparison.on-time", "share", 1),
    of("departure_delay_s", "chart.comparison.delay", "minutes", 1 / 60),
  ];
};

const suggested: Draw = (rows, words) => {
  const shown = worst(rows, (row) => (num(row, "on_time_suggested") ?? 0) - (num(row, "on_time_now") ?? 0));
  const of = (name: string) => shown.map((row) => num(row, name));
  const label = (row: ReportRow) =>
    `${wayText(row, words)}, ${row["hour_from"]}–${Number(row["hour_to"]) + 1}`;
  return [
    {
      ...{ title: "chart.suggested", labels: shown.map(label), unit: "share" },
      series: [
        { name: words.t("column.on-time-now"), mark: "bar", tone: 3, values: of("on_time_now") },
        { name: words.t("column.on-time-suggested"), mark: "bar", tone: 1, values: of("on_time_suggested") },
        { name: words.t("column.on-time-untried"), mark: "dots", tone: 2, values: of("on_time_untried") },
      ],
    },
  ];
};

const completeness: Draw = (rows, words) => {
  const shown = rows.slice(0, PLACES_MAX);
  const part = (row: ReportRow) => {
    const planned = num(row, "planned_calls") ?? 0;
    return planned === 0 ? undefined : (num(row, "seen_calls") ?? 0) / planned;
  };
  return [
    {
      ...{ title: "chart.completeness", labels: shown.map((row) => wayText(row, words)), unit: "share" },
      series: [{ name: words.t("column.seen-calls"), mark: "bar", tone: 1, values: shown.map(part) }],
    },
  ];
};

const DRAWN: Readonly<Record<ReportName, Draw>> = {
  "on-time": shares,
  headways,
  "run-times": runTimes,
  dwell,
  "slow-segments": slow,
  speeding,
  "missed-trips": missed,
  comparison,
  "suggested-run-times": suggested,
  completeness,
};

/** The charts of a report; none where there is nothing to draw. */
export function chartsOf(name: ReportName, rows: readonly ReportRow[], words: Words): readonly ReportChart[] {
  return DRAWN[name](rows, words).filter(({ labels }) => labels.length > 0);
}
