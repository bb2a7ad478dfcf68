import { useCallback, useState } from "react";
import { getReport } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import { Notice } from "../elements/notice.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { PeriodForm } from "./period-form.tsx";
import {
  formatPlan,
  type PlanView,
  parsePlan,
  REPORT_DEFINITIONS,
  REPORT_NAMES,
  REPORT_TITLES,
  reportPath,
} from "./plan-view.ts";
import { ReportTable } from "./report-table.tsx";
import "./plan.css";

/** The planner's desk: past days against the timetable. */
export function PlanDesk({ at }: { readonly at: DeskPlace }) {
  const { t, formats } = useSpeech();
  const { now_ms } = useTown();
  const { go } = usePlace();
  const [today] = useState(() => formats.dayKey(now_ms()));
  const plan = parsePlan(at.path, at.search, today);
  const placeOf = (next: PlanView) => ({ at: { desk: "plan", ...formatPlan(next) } as const });
  const change = (some: Partial<PlanView>) => go(placeOf({ ...plan, ...some }), "replace");
  return (
    <main className="plan">
      <nav className="plan-reports" aria-label={t("plan.reports")}>
        {REPORT_NAMES.map((report) => (
          <ViewLink
            key={report}
            to={placeOf({ ...plan, report })}
            aria-current={plan.report === report ? "page" : undefined}
          >
            {t(REPORT_TITLES[report])}
          </ViewLink>
        ))}
      </nav>
      <div className="plan-report">
        <h1>{t(REPORT_TITLES[plan.report])}</h1>
        <p className="plan-means">{t(REPORT_DEFINITIONS[plan.report])}</p>
        <PeriodForm plan={plan} onChange={change} />
        <ReportRoom key={reportPath(plan, "json")} plan={plan} />
      </div>
    </main>
  );
}

const WHY_NOT: Readonly<Record<string, MessageKey>> = {
  "no-timetable": "plan.no-timetable",
  "no-history": "plan.no-history",
};

/** The answer, or why there is none. A report that failed is not asked for again by itself: it may be a long one. */
function ReportRoom({ plan }: { readonly plan: PlanView }) {
  const { t } = useSpeech();
  const [tries, setTries] = useState(0);
  const path = reportPath(plan, "json");
  const load = useCallback(
    (signal: AbortSignal) =>
      getReport(path, signal).then(
        (report) => ({ report }),
        (problem: unknown) => ({ problem }),
      ),
    [path],
  );
  const { value } = usePolling(`${path} ${tries}`, load);
  if (!value) return <p role="status">{t("plan.asking")}</p>;
  if ("problem" in value) {
    const { kind = "", message = "" } = Object(value.problem);
    const why = WHY_NOT[kind];
    if (why) return <Notice icon="clock" title={t(why)} />;
    return (
      <Notice icon="alert" tone="bad" title={t("plan.failed")}>
        <p>{message}</p>
        <button type="button" className="button" onClick={() => setTries(tries + 1)}>
          {t("plan.again")}
        </button>
      </Notice>
    );
  }
  const { completeness, rows } = value.report;
  return (
    <>
      <p className="plan-seen">{t("plan.seen", completeness)}</p>
      {rows.length === 0 ? (
        <Notice icon="list" title={t("plan.empty")}>
          <p>{t("plan.empty.text")}</p>
        </Notice>
      ) : (
        <>
          <p className="plan-export">
            {t("plan.export")}{" "}
            <a href={reportPath(plan, "csv")} download={`${plan.report}.csv`}>
              CSV
            </a>{" "}
            <a href={reportPath(plan, "parquet")} download={`${plan.report}.parquet`}>
              Parquet
            </a>
          </p>
          <ReportTable rows={rows} name={t(REPORT_TITLES[plan.report])} />
        </>
      )}
    </>
  );
}
