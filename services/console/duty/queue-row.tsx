import { memo } from "react";
import { Badge } from "../elements/badge.tsx";
import { Icon } from "../elements/icon.tsx";
import { useWhere } from "../events/event-row.tsx";
import { isOpen } from "../events/kinds.ts";
import { Thumbnail } from "../events/thumbnail.tsx";
import { IncidentPurpose } from "../events/use-purpose.tsx";
import { STATES } from "../incidents/words.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import type { View } from "../page/view.ts";
import type { QueueGroup } from "./queue-groups.ts";
import { sameRow } from "./same-row.ts";

type Row = {
  readonly group: QueueGroup;
  readonly to: Pick<View, "at">;
  readonly chosen: boolean;
  /** Whether the Tab key comes here. */
  readonly reachable: boolean;
  /** Who is editing it, where it is not whoever sits here. */
  readonly editor: string | undefined;
};

/** One thing of the queue: its best picture, why it is here, when and where, and whose it is. */
export const QueueRow = memo(function QueueRow({ group, to, chosen, reachable, editor }: Row) {
  const { t, say, formats } = useSpeech();
  const { incident, lead, events, severity, at_ms } = group;
  const where = useWhere(lead);
  return (
    <ViewLink
      to={to}
      className={`event-row queue-row${incident ? " queue-incident" : ""}`}
      tabIndex={reachable ? 0 : -1}
      aria-current={chosen ? "true" : undefined}
    >
      {lead ? (
        <IncidentPurpose id={incident?.id}>
          <Thumbnail event={lead} />
        </IncidentPurpose>
      ) : (
        <span className="thumbnail">
          <Icon name="list" size={20} />
        </span>
      )}
      <span className="event-text">
        <span className="event-sentence">
          <bdi>{incident?.title ?? (lead && say(lead.sentence))}</bdi>
        </span>
        <span className="event-meta">
          <time dateTime={new Date(at_ms).toISOString()}>{formats.clockSeconds(at_ms)}</time>
          {where && <span className="event-where">{where}</span>}
          {incident && <Badge tone={STATES[incident.state].tone}>{t(STATES[incident.state].name)}</Badge>}
          {incident?.priority === "high" && (
            <Badge tone="bad" icon="alert">
              {t("incident.urgent")}
            </Badge>
          )}
          {!incident && severity === "alarm" && (
            <Badge tone="bad" icon="alert">
              {t("severity.alarm")}
            </Badge>
          )}
          {incident?.claimed_by && <Badge icon="person">{incident.claimed_by}</Badge>}
          {editor !== undefined && (
            <Badge tone="warn" icon="lock">
              {t("lock.editing", { by: editor })}
            </Badge>
          )}
          {lead && isOpen(lead) && (
            <Badge tone="accent" icon="live">
              {t("event.open")}
            </Badge>
          )}
          {events.length > 1 && <span>{t("incident.events", { count: events.length })}</span>}
        </span>
      </span>
    </ViewLink>
  );
}, sameRow);
