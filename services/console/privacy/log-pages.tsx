import { type ReactNode, useState } from "react";
import { listAuditEntries } from "../api/administration.ts";
import type { AuditLogPage } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import type { LogEntry } from "./log-view.ts";

/** The first page, and the older ones that were asked for. */
export function LogPages({
  first,
  queryOf,
  none,
  children,
}: {
  readonly first: AuditLogPage;
  /** What is said where there is nothing at all. */
  readonly none: string;
  queryOf(cursor?: string): string;
  readonly children: (entries: readonly LogEntry[]) => ReactNode;
}) {
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
