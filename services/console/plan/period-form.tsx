import { type ReactNode, useId } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import type { Period, PlanView } from "./plan-view.ts";

/** Of which days and lines. Each change is asked for at once, and stands in the address. */
export function PeriodForm({
  plan,
  onChange,
}: {
  readonly plan: PlanView;
  onChange(change: Partial<PlanView>): void;
}) {
  const { t } = useSpeech();
  const { lines } = useTown();
  const { period, before } = plan;
  const isComparison = plan.report === "comparison";
  return (
    <form className="plan-form" onSubmit={(event) => event.preventDefault()}>
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
      {isComparison && (
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
        </>
      )}
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
      <Field name={t("plan.days")}>
        {(id) => (
          <select
            id={id}
            value={plan.days}
            onChange={({ target }) => onChange({ days: daysOf(target.value) })}
          >
            <option value="">{t("plan.days.all")}</option>
            <option value="workdays">{t("plan.days.workdays")}</option>
            <option value="weekend">{t("plan.days.weekend")}</option>
          </select>
        )}
      </Field>
      <label className="plan-check">
        <input
          type="checkbox"
          checked={plan.hourly}
          onChange={({ target }) => onChange({ hourly: target.checked })}
        />
        {t("plan.hourly")}
      </label>
    </form>
  );
}

function DayField({
  name,
  day,
  onDay,
}: {
  readonly name: string;
  readonly day: string;
  onDay(day: string): void;
}) {
  return (
    <Field name={name}>
      {(id) => (
        // A day that is being typed is none yet.
        <input
          id={id}
          type="date"
          value={day}
          required
          onChange={({ target }) => target.value && onDay(target.value)}
        />
      )}
    </Field>
  );
}

/** A name over its field. */
function Field({ name, children }: { readonly name: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className="plan-field">
      <label htmlFor={id}>{name}</label>
      {children(id)}
    </div>
  );
}

/** Whoever moves one end beyond the other means both. */
function ordered({ from, to }: Period): Period {
  return from <= to ? { from, to } : { from: to, to: from };
}

function daysOf(value: string): PlanView["days"] {
  return value === "workdays" || value === "weekend" ? value : "";
}
