import { type RefObject, useEffect, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { nameOf } from "../incidents/use-deeds.ts";
import type { KnownIncidents } from "../incidents/use-incident-board.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import type { View } from "../page/view.ts";
import type { QueueGroup } from "./queue-groups.ts";
import { QueueRow } from "./queue-row.tsx";
import type { Queue } from "./use-queue.ts";

/** What has to be looked at, as it comes; what is new waits above it while somebody reads. */
export function QueueList({
  queue,
  board,
  chosen,
  linkTo,
  list,
}: {
  readonly queue: Queue;
  readonly board: KnownIncidents;
  readonly chosen: QueueGroup | undefined;
  linkTo(group: QueueGroup): Pick<View, "at">;
  readonly list: RefObject<HTMLUListElement | null>;
}) {
  const { t } = useSpeech();
  const { session } = useAccount();
  const { groups, waiting } = queue;
  const problem = queue.problem ?? board.problem;
  const reachable = chosen?.key ?? groups?.[0]?.key;
  return (
    <>
      {waiting > 0 && (
        <button type="button" className="queue-waiting" onClick={queue.showWaiting}>
          <Icon name="live" size={16} /> {t("queue.waiting", { count: waiting })} <kbd>w</kbd>
        </button>
      )}
      {problem && (
        <Notice
          icon="alert"
          tone="bad"
          title={problem.status === 0 ? t("events.unreachable") : t("events.refused")}
        />
      )}
      {!groups && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {groups?.length === 0 && (
        <Notice icon="list" title={t("queue.none")}>
          <p>{t("queue.none.text")}</p>
        </Notice>
      )}
      <ul className="queue-list" aria-label={t("queue")} ref={list}>
        {groups?.map((group) => {
          const editor = group.incident && board.editors.get(group.incident.id);
          return (
            <li key={group.key}>
              <QueueRow
                group={group}
                to={linkTo(group)}
                chosen={group.key === chosen?.key}
                reachable={group.key === reachable}
                editor={editor === nameOf(session) ? undefined : editor}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Said when nothing more has come for so long. */
const ANNOUNCE_MS = 3_000;

/** Tells readers of screens now and then that something has come; each thing by itself would drown them. */
export function QueueAnnouncement({ arrived }: { readonly arrived: number }) {
  const { t } = useSpeech();
  const [said, setSaid] = useState(arrived);
  const [fresh, setFresh] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      setFresh(arrived - said);
      setSaid(arrived);
    }, ANNOUNCE_MS);
    return () => clearTimeout(timer);
  }, [arrived, said]);
  return (
    <p className="unseen" role="status">
      {fresh > 0 ? t("queue.arrived", { count: fresh, all: said }) : ""}
    </p>
  );
}
