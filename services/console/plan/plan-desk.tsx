import { useState } from "react";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { LinePage } from "./line/line-page.tsx";
import { NetworkPage } from "./network/network-page.tsx";
import { PlanForm } from "./plan-form.tsx";
import { formatPlan, isReport, PAGES, type PageName, type PlanView, parsePlan } from "./plan-view.ts";
import { ReplayPage } from "./replay/replay-page.tsx";
import { ReportPage } from "./report-page.tsx";
import { REPORT_DEFINITIONS, REPORT_TITLES } from "./reports.ts";
import "./plan.css";

const TITLES: Readonly<Record<PageName, MessageKey>> = {
  ...REPORT_TITLES,
  network: "plan.network",
  line: "plan.line-day",
  replay: "plan.replay",
};

/** What is shown, as it stands under the title; the network says it by its measure. */
const MEANS: Readonly<Partial<Record<PageName, MessageKey>>> = {
  ...REPORT_DEFINITIONS,
  line: "plan.line-day.means",
  replay: "plan.replay.means",
};

/** The planner's desk: past days against the timetable. */
export function PlanDesk({ at }: { readonly at: DeskPlace }) {
  const { t, formats } = useSpeech();
  const { now_ms } = useTown();
  const { go } = usePlace();
  const [today] = useState(() => formats.dayKey(now_ms()));
  const plan = parsePlan(at.path, at.search, today);
  const placeOf = (next: PlanView) => ({ at: { desk: "plan", ...formatPlan(next) } as const });
  const change = (some: Partial<PlanView>, how: "push" | "replace" = "replace") =>
    go(placeOf({ ...plan, ...some }), how);
  const { page } = plan;
  return (
    <main className="plan">
      <nav className="plan-reports" aria-label={t("plan.reports")}>
        {PAGES.map((name) => (
          <ViewLink
            key={name}
            to={placeOf({ ...plan, page: name, chosen: "" })}
            aria-current={page === name ? "page" : undefined}
          >
            {t(TITLES[name])}
          </ViewLink>
        ))}
      </nav>
      <div className="plan-report">
        <h1>{t(TITLES[page])}</h1>
        {MEANS[page] && <p className="plan-means">{t(MEANS[page])}</p>}
        <PlanForm plan={plan} today={today} onChange={change} />
        {page === "network" && <NetworkPage plan={plan} onChange={change} />}
        {page === "line" && <LinePage plan={plan} onChange={change} />}
        {page === "replay" && <ReplayPage plan={plan} onChange={change} />}
        {isReport(page) && <ReportPage name={page} plan={plan} />}
      </div>
    </main>
  );
}
