import type { Report } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** Under it figures are of so little that they may mislead. */
const SEEN_SHARE_MIN = 0.7;

/** How much of what was planned the figures rest on; it stands beside each of them. */
export function Completeness({ of }: { readonly of: Report["completeness"] }) {
  const { t, formats } = useSpeech();
  const { planned_calls, seen_calls } = of;
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
        <b>{formats.percent(share)}</b> {t("plan.seen", of)}
      </p>
      {planned_calls > 0 && share < SEEN_SHARE_MIN && (
        <p className="plan-warn">
          <Icon name="alert" /> {t("plan.seen.little")}
        </p>
      )}
    </div>
  );
}
