import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

import { useTown } from "../page/use-town.tsx";
import { Choice, DayField, Field } from "./fields.tsx";
import { type Hours, monthBefore, type PageName, type Period, type PlanView, plusDays } from "./plan-view.ts";

/** The reports that can tell each hour by itself. */
const HOURLY_PAGES: ReadonlySet<PageName> = new Set(["on-time", "run-times", "dwell"]);
/** Reports on whole trips do not heed hours. */
const WHOLE_PAGES: ReadonlySet<PageName> = new Set(["missed-trips", "suggested-run-times"]);

type Change = (change: Partial<PlanView>) => void;

/** Of which days, lines and hours. Each change is asked for at once, and stands in the address. */
export function PlanForm({
  plan,
  today,
  onChange,
}: {
  readonly plan: PlanView;
  readonly today: string;
  readonly onChange: Change;
}) {
  const { t } = useSpeech();
  const { page } = plan;
  const oneDay = page === "line" || page === "replay";
  return (
    <form className="plan-form" onSubmit={(event) => event.preventDefault()}>
      {oneDay ? (
        <OneDayFields plan={plan} onChange={onChange} />
      ) : (
        <PeriodFields plan={plan} today={today} onChange={onChange} />
      )}
      {page === "comparison" && <BeforeFields plan={plan} onChange={onChange} />}
      <LineFields plan={plan} onChange={onChange} />
      {!oneDay && (
        <Choice
          name={t("plan.days")}
          value={plan.days}
          options={DAY_NAMES}
          onChange={(days) => onChange({ days: days === "workdays" || days === "weekend" ? days : "" })}
        />
      )}
      {!oneDay && !WHOLE_PAGES.has(page) && (
        <HourFields hours={plan.hours} onHours={(hours) => onChange({ hours })} />
      )}
      {HOURLY_PAGES.has(page) && (
        <label className="plan-check">
          <input
            type="checkbox"
            checked={plan.hourly}
            onChange={({ target }) => onChange({ hourly: target.checked })}
          />
          {t("plan.hourly")}
        </label>
      )}
    </form>
  );
}

const DAY_NAMES = [
  ["", "plan.days.all"],
  ["workdays", "plan.days.workdays"],
  ["weekend", "plan.days.weekend"],
] as const satisfies readonly (readonly [string, MessageKey])[];

/** Periods that planners ask for most, in days that end yesterday. */
const LAST_DAYS = [7, 28, 91] as const;

function PeriodFields({
  plan: { period },
  today,
  onChange,
}: {
  readonly plan: PlanView;
  readonly today: string;
  readonly onChange: Change;
}) {
  const { t } = useSpeech();
  return (
    <>
      <DayField
        name={t("plan.from")}
        day={period.from}
        onDay={(from) => onChange({ period: ordered({ ...period, from }) })}
      />
      <DayField
        name={t("plan.to")}
        day={period.to}
        onDay={(to) => onChange({ period: ordered({ ...period, to }) })}
      />
      <div className="segments">
        {LAST_DAYS.map((days) => {
          const last = { from: plusDays(today, -days), to: plusDays(today, -1) };
          return (
            <button
              type="button"
              key={days}
              aria-pressed={last.from === period.from && last.to === period.to}
              onClick={() => onChange({ period: last })}
            >
              {t("plan.last-days", { count: days })}
            </button>
          );
        })}
      </div>
    </>
  );
}

/** Another day is looked at from its beginning. */
function OneDayFields({ plan: { date }, onChange }: { readonly plan: PlanView; readonly onChange: Change }) {
  const { t } = useSpeech();
  const go = (day: string) => onChange({ date: day, at_min: undefined, until_min: undefined, chosen: "" });
  return (
    <>
      <DayField name={t("plan.day")} day={date} onDay={go} />
      <div className="segments">
        <button type="button" onClick={() => go(plusDays(date, -1))}>
          {t("plan.day-before")}
        </button>
        <button type="button" onClick={() => go(plusDays(date, 1))}>
          {t("plan.day-after")}
        </button>
      </div>
    </>
  );
}

function BeforeFields({
  plan: { period, before },
  onChange,
}: {
  readonly plan: PlanView;
  readonly onChange: Change;
}) {
  const { t } = useSpeech();
  const month = { from: monthBefore(period.from), to: monthBefore(period.to) };
  return (
    <>
      <DayField
        name={t("plan.before-from")}
        day={before.from}
        onDay={(from) => onChange({ before: ordered({ ...before, from }) })}
      />
      <DayField
        name={t("plan.before-to")}
        day={before.to}
        onDay={(to) => onChange({ before: ordered({ ...before, to }) })}
      />
      <button type="button" className="button" onClick={() => onChange({ before: month })}>
        {t("plan.before-month")}
      </button>
    </>
  );
}

function LineFields({ plan, onChange }: { readonly plan: PlanView; readonly onChange: Change }) {
  const { t } = useSpeech();
  const { lines } = useTown();
  return (
    <>
      <Field name={t("plan.line")}>
        {(id) => (
          <select
            id={id}
            value={plan.route_id}
            onChange={({ target }) => onChange({ route_id: target.value })}
          >
            <option value="">{t("plan.line.all")}</option>
            {lines.value?.features.map(({ properties: { route_id, route_short_name, route_long_name } }) => (
              <option key={route_id} value={route_id}>
                {`${route_short_name} ${route_long_name}`.trim()}
              </option>
            ))}
          </select>
        )}
      </Field>
      {plan.page !== "replay" && (
        <Choice
          name={t("plan.direction")}
          value={plan.direction}
          options={DIRECTION_NAMES}
          onChange={(direction) =>
            onChange({ direction: direction === "0" || direction === "1" ? direction : "" })
          }
        />
      )}
    </>
  );
}

const DIRECTION_NAMES = [
  ["", "plan.direction.both"],
  ["0", "plan.direction.there"],
  ["1", "plan.direction.back"],
] as const satisfies readonly (readonly [string, MessageKey])[];

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WHOLE_DAY: Hours = { from: 0, to: 23 };

function HourFields({
  hours = WHOLE_DAY,
  onHours,
}: {
  readonly hours: Hours | undefined;
  onHours(hours: Hours | undefined): void;
}) {
  const { t } = useSpeech();
  const told = ({ from, to }: Hours) => {
    const inOrder = { from: Math.min(from, to), to: Math.max(from, to) };
    onHours(inOrder.from === 0 && inOrder.to === 23 ? undefined : inOrder);
  };
  return (
    <fieldset className="plan-field plan-hours">
      <legend>{t("plan.hours")}</legend>
      <select
        aria-label={t("plan.hours.from")}
        value={hours.from}
        onChange={({ target }) => told({ ...hours, from: Number(target.value) })}
      >
        {HOURS.map((hour) => (
          <option key={hour} value={hour}>{`${hour}:00`}</option>
        ))}
      </select>
      {" – "}
      <select
        aria-label={t("plan.hours.to")}
        value={hours.to}
        onChange={({ target }) => told({ ...hours, to: Number(target.value) })}
      >
        {HOURS.map((hour) => (
          <option key={hour} value={hour}>{`${hour + 1}:00`}</option>
        ))}
      </select>
    </fieldset>
  );
}

/** Whoever moves one end beyond the other means both. */
function ordered({ from, to }: Period): Period {
  return from <= to ? { from, to } : { from: to, to: from };
}
