import type { Shift } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { type DutyView, toDuty } from "./duty-view.ts";

/** Whose shift it is, what for, and whether somebody left something. */
export function ShiftBar({
  view,
  own,
  left,
}: {
  readonly view: DutyView;
  readonly own: Shift | undefined;
  /** How many shifts were left to be taken. */
  readonly left: number;
}) {
  const { t, formats } = useSpeech();
  const to = toDuty({ ...view, chosen: undefined, shift: true });
  return (
    <p className="shift-bar">
      <ViewLink to={to} aria-current={view.shift ? "page" : undefined}>
        <Icon name={own ? "person" : "alert"} size={16} />{" "}
        {own ? t("shift.since", { time: formats.clock(own.began_at) }) : t("shift.none")}
      </ViewLink>
      {own && (
        <span className="shift-purpose">
          <bdi>{own.purpose}</bdi>
        </span>
      )}
      {left > 0 && <Badge tone="warn">{t("shift.left", { count: left })}</Badge>}
    </p>
  );
}
