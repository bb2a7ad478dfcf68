import { type ReactNode, useCallback, useState } from "react";
import { listAuditEntries } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { AuditLogPage } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { knownZone } from "../messages/formats.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { dayBegin, type LogEntry, type LogView, logQuery } from "./log-view.ts";

type Shown = {
  /** What is said where there is nothing at all. */
  readonly none: string;
  readonly children: (entries: readonly LogEntry[]) => ReactNode;
};

/** What of the log was asked for, page by page. */
export function LogPages({ view, ...shown }: Shown & { readonly view: LogView }) {
  const { t } = useSpeech();
  const { town } = useTown();
  const zone = knownZone(town.timezone ?? "UTC");
  const queryOf = (cursor?: string) => logQuery(view, (day, more) => dayBegin(day, more, zone), cursor);
  const query = queryOf();
  const load = useCallback((signal: AbortSignal) => listAuditEntries(query, signal), [query]);
  const first = usePolling(`audit${query}`, load);
  return (
    <Asked
      polled={first}
      absent={
        <Notice icon="list" title={t("log.absent")}>
          <p>{t("log.absent.text")}</p>
        </Notice>
      }
    >
      {(page) => <Pages key={query} first={page} queryOf={queryOf} {...shown} />}
    </Asked>
  );
}

/** The first page, and the older ones that were asked for. */
function Pages({
  first,
  queryOf,
  none,
  children,
}: Shown & { readonly first: AuditLogPage; queryOf(cursor?: string): string }) {
  const { t } = useSpeech();
  const [older, setOlder] = useState<readonly AuditLogPage[]>([]);
  const { busy, problem, send } = useSending();
  const pages = [first, ...older];
  const entries = pages.flatMap((page) => page.entries);
  const cursor = pages.at(-1)?.cursor;
  const more = async () => {
    const next = await listAuditEntries(queryOf(cursor), AbortSignal.timeout(60_000));
    setOlder([...older, next]);
  };
  return (
    <>
      {entries.length === 0 && cursor === undefined && <Notice icon="search" title={none} />}
      {entries.length === 0 && cursor !== undefined && <p className="room-lead">{t("log.none-yet")}</p>}
      {entries.length > 0 && children(entries)}
      <ProblemLine problem={problem} />
      {cursor !== undefined && (
        <p>
          <button type="button" className="button" disabled={busy} onClick={() => void send(more)}>
            {t("events.more")}
          </button>
        </p>
      )}
    </>
  );
}
