import type { Report } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** Under it figures are of so little that they may mislead. */
const SEEN_SHARE_MIN = 0.7;

/** How much of what was planned the figures rest on; it stands beside each of them. */
export function Completeness({ of: { completeness, days } }: { readonly of: Report }) {
  const { t, formats } = useSpeech();
  const { planned_calls, seen_calls } = completeness;
  const share = planned_calls === 0 ? 0 : Math.min(1, seen_calls / planned_calls);
  return (
    <div className="plan-seen">
      <p>
        <meter
          min={0}
          max={1}
          low={SEEN_SHARE_MIN}
          high={0.9}
          optimum={1}
          value={share}
          aria-label={t("column.seen-calls")}
        />{" "}
        <b>{formats.percent(share)}</b> {t("plan.seen", { ...completeness })}
      </p>
      {days.recorded > 0 && days.recorded < days.asked && (
        <p className="plan-warn">
          <Icon name="alert" />{" "}
          {t("plan.days-seen", {
            ...{ recorded: days.recorded, asked: days.asked },
            ...{ first: formats.day(noonOf(days.first)), last: formats.day(noonOf(days.last)) },
          })}
        </p>
      )}
      {days.timetable_changes.length > 0 && (
        <p className="plan-warn">
          <Icon name="alert" />{" "}
          {t("plan.changes", {
            days: days.timetable_changes.map((day) => formats.day(noonOf(day))).join(", "),
          })}
        </p>
      )}
      {planned_calls > 0 && share < SEEN_SHARE_MIN && (
        <p className="plan-warn">
          <Icon name="alert" /> {t("plan.seen.little")}
        </p>
      )}
    </div>
  );
}

/** A day's middle is that day in every zone that towns are in. */
function noonOf(day = ""): string {
  return `${day}T12:00:00Z`;
}
