import { useCallback, useMemo } from "react";
import type { ReportRow } from "../api/types.ts";
import { Chart } from "../elements/chart.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { minutesText } from "./columns.ts";
import type { PlanView } from "./plan-view.ts";
import { chartsOf, PLACES_MAX, type ReportChart } from "./report-charts.ts";
import { ReportRoom } from "./report-room.tsx";
import { ReportTable } from "./report-table.tsx";
import { type AskedReport, REPORT_TITLES, type ReportName, reportPath } from "./reports.ts";

/** A report: its charts, its table, its files. */
export function ReportPage({ name, plan }: { readonly name: ReportName; readonly plan: PlanView }) {
  const { t } = useSpeech();
  return (
    <ReportRoom path={reportPath(name, plan, "json")}>
      {({ rows }) => (
        <>
          <Charts name={name} rows={rows} />
          <Files name={name} plan={plan} />
          <ReportTable rows={rows} name={t(REPORT_TITLES[name])} />
        </>
      )}
    </ReportRoom>
  );
}

/** The rows as files: all of them, as the API writes them. */
export function Files({ name, plan }: { readonly name: AskedReport; readonly plan: PlanView }) {
  const { t } = useSpeech();
  return (
    <p className="plan-export">
      {t("plan.export")}{" "}
      {(["csv", "parquet"] as const).map((form) => (
        <a key={form} className="button" href={reportPath(name, plan, form)} download={`${name}.${form}`}>
          {form === "csv" ? "CSV" : "Parquet"}
        </a>
      ))}
      {name === "suggested-run-times" && (
        <a className="button" href={reportPath(name, plan, "gtfs")} download="stop_times.txt">
          {t("plan.gtfs")}
        </a>
      )}
    </p>
  );
}

function Charts({ name, rows }: { readonly name: ReportName; readonly rows: readonly ReportRow[] }) {
  const { t } = useSpeech();
  const town = useTown();
  const charts = useMemo(
    () =>
      chartsOf(name, rows, {
        t,
        line: (route_id) => town.findLine(route_id)?.route_short_name ?? route_id,
        stop: (stop_id) => town.findStopName(stop_id) ?? stop_id,
      }),
    [name, rows, t, town],
  );
  const cut = charts.some(({ labels }) => labels.length === PLACES_MAX);
  return (
    <div className="plan-charts">
      {charts.map((chart) => (
        <OneChart key={chart.title} chart={chart} />
      ))}
      {cut && <p className="plan-cut">{t("chart.cut", { count: PLACES_MAX })}</p>}
    </div>
  );
}

function OneChart({
  chart: { title, labels, series, stacked = false, unit },
}: {
  readonly chart: ReportChart;
}) {
  const { t } = useSpeech();
  const format = useFormat(unit);
  return (
    <section>
      <h2 className="plan-chart-title">{t(title)}</h2>
      <Chart name={t(title)} labels={labels} series={series} stacked={stacked} format={format} />
    </section>
  );
}

/** How the figures of a chart are written. */
function useFormat(unit: ReportChart["unit"]): (value: number) => string {
  const { t, formats } = useSpeech();
  return useCallback(
    (value) => {
      if (unit === "share") return formats.percent(value);
      if (unit === "minutes") return minutesText(value * 60);
      return unit === "kmh" ? t("unit.kmh", { value: formats.number(value) }) : formats.number(value);
    },
    [unit, t, formats],
  );
}
