import { useCallback, useMemo, useState } from "react";
import { getLineDay } from "../../api/client.ts";
import { usePolling } from "../../api/polling.ts";
import type { LineDay } from "../../api/types.ts";
import { Icon } from "../../elements/icon.tsx";
import { Notice } from "../../elements/notice.tsx";
import { useSpeech } from "../../messages/use-speech.tsx";
import type { PlanView } from "../plan-view.ts";
import { Asking, Refused } from "../refused.tsx";
import { lineDayPath } from "../reports.ts";
import { isWithin, type Stretch } from "./draw-strings.ts";
import { StringDiagram } from "./string-diagram.tsx";
import { diagramOf } from "./string-line.ts";
import { TripList } from "./trip-list.tsx";
import "./line.css";

type Change = (change: Partial<PlanView>, how?: "push" | "replace") => void;

/** One line's day: each trip as a string in time and space, planned and driven, and the same trips as a list. */
export function LinePage({ plan, onChange }: { readonly plan: PlanView; readonly onChange: Change }) {
  const { t } = useSpeech();
  if (!plan.route_id) return <Notice icon="bus" title={t("line.choose")} />;
  return <LineRoom key={lineDayPath(plan, "json")} plan={plan} onChange={onChange} />;
}

function LineRoom({ plan, onChange }: { readonly plan: PlanView; readonly onChange: Change }) {
  const [tries, setTries] = useState(0);
  const path = lineDayPath(plan, "json");
  const load = useCallback(
    (signal: AbortSignal) =>
      getLineDay(path, signal).then(
        (day) => ({ day }),
        (problem: unknown) => ({ problem }),
      ),
    [path],
  );
  const { value } = usePolling(`${path} ${tries}`, load);
  if (!value) return <Asking />;
  if ("problem" in value) return <Refused problem={value.problem} onAgain={() => setTries(tries + 1)} />;
  return <Line day={value.day} plan={plan} onChange={onChange} />;
}

function Line({
  day,
  plan,
  onChange,
}: {
  readonly day: LineDay;
  readonly plan: PlanView;
  readonly onChange: Change;
}) {
  const { t } = useSpeech();
  const diagram = useMemo(() => diagramOf(day), [day]);
  const whole: Stretch = { from_s: diagram.from_s, to_s: diagram.to_s };
  const { at_min, until_min, chosen } = plan;
  const asked: Stretch | undefined =
    at_min !== undefined && until_min !== undefined && at_min < until_min
      ? { from_s: at_min * 60, to_s: until_min * 60 }
      : undefined;
  const stretch = asked ?? whole;
  const onStretch = (next: Stretch | undefined) =>
    onChange({
      at_min: next && Math.floor(next.from_s / 60),
      until_min: next && Math.ceil(next.to_s / 60),
    });
  const onChoose = (id: string) => onChange({ chosen: id === chosen ? "" : id });
  if (diagram.strings.length === 0) {
    return (
      <Notice icon="list" title={t("line.empty")}>
        <p>{t("line.empty.text")}</p>
      </Notice>
    );
  }
  return (
    <>
      <DayCompleteness day={day} />
      <div className="line-room">
        <StringDiagram
          diagram={diagram}
          stretch={stretch}
          whole={whole}
          chosen={chosen}
          onStretch={onStretch}
          onChoose={onChoose}
        />
        <TripList
          strings={diagram.strings.filter((string) => isWithin(string, stretch))}
          chosen={chosen}
          onChoose={onChoose}
        />
      </div>
      <p className="plan-export">
        {t("plan.export")}{" "}
        {(["csv", "parquet"] as const).map((form) => (
          <a key={form} className="button" href={lineDayPath(plan, form)} download={`line-day.${form}`}>
            {form === "csv" ? "CSV" : "Parquet"}
          </a>
        ))}
      </p>
    </>
  );
}

/** How much of the day was seen, and what does not belong to the timetable at hand. */
function DayCompleteness({ day: { trips, unknown_visits } }: { readonly day: LineDay }) {
  const { t } = useSpeech();
  const planned = trips.filter(({ cancelled }) => !cancelled);
  const seen = planned.filter(({ drives }) => drives.length > 0).length;
  const cancelled = trips.length - planned.length;
  return (
    <div className="plan-seen">
      <p>{t("line.seen", { planned: planned.length, seen, cancelled })}</p>
      {unknown_visits > 0 && (
        <p className="plan-warn">
          <Icon name="alert" /> {t("line.unknown", { count: unknown_visits })}
        </p>
      )}
    </div>
  );
}
