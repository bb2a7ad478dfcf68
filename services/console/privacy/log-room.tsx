import { type FormEvent, useCallback } from "react";
import { listAuditEntries } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import { Asked } from "../elements/asked.tsx";
import { Notice } from "../elements/notice.tsx";
import { knownZone } from "../messages/formats.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { LogEntries } from "./log-entries.tsx";
import { LogPages } from "./log-pages.tsx";
import { LogProof } from "./log-proof.tsx";
import { ACTION_NAMES, dayBegin, formatLog, type LogView, logQuery, parseLog } from "./log-view.ts";

/** Who looked at what: searched, page by page, and proven. That somebody reads it is written down too. */
export function LogRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const { town } = useTown();
  const zone = knownZone(town.timezone ?? "UTC");
  const view = parseLog(at.search);
  const queryOf = (cursor?: string) => logQuery(view, (day, more) => dayBegin(day, more, zone), cursor);
  const show = (next: LogView) =>
    go({ at: { desk: "privacy", path: "/log", search: formatLog(next) } }, "replace");
  const query = queryOf();
  const load = useCallback((signal: AbortSignal) => listAuditEntries(query, signal), [query]);
  const first = usePolling(`audit${query}`, load);
  return (
    <>
      <p className="room-lead">{t("log.lead")}</p>
      <LogProof />
      <LogForm key={at.search} view={view} onShow={show} />
      <Asked
        polled={first}
        absent={
          <Notice icon="list" title={t("log.absent")}>
            <p>{t("log.absent.text")}</p>
          </Notice>
        }
      >
        {(page) => (
          <LogPages key={query} first={page} queryOf={queryOf} none={t("log.none")}>
            {(entries) => <LogEntries entries={entries} />}
          </LogPages>
        )}
      </Asked>
    </>
  );
}

function LogForm({ view, onShow }: { readonly view: LogView; onShow(view: LogView): void }) {
  const { t } = useSpeech();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) given.set(name, String(value));
    onShow(parseLog(`?${given}`));
  };
  return (
    <form className="ask" onSubmit={send}>
      <label className="field">
        {t("log.who")}
        <input name="who" defaultValue={view.who} maxLength={200} autoCapitalize="none" spellCheck={false} />
      </label>
      <label className="field">
        {t("log.action")}
        <select name="action" defaultValue={view.action ?? ""}>
          <option value="">{t("log.any")}</option>
          {Object.entries(ACTION_NAMES).map(([action, name]) => (
            <option key={action} value={action}>
              {t(name)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t("log.object")}
        <input name="object_id" defaultValue={view.object_id} maxLength={200} spellCheck={false} />
      </label>
      <label className="field">
        {t("log.incident")}
        <input name="incident" defaultValue={view.incident} maxLength={200} spellCheck={false} />
      </label>
      <label className="field">
        {t("plan.from")}
        <input name="from" type="date" defaultValue={view.from} />
      </label>
      <label className="field">
        {t("plan.to")}
        <input name="to" type="date" defaultValue={view.to} />
      </label>
      <button type="submit" className="button button-main">
        {t("log.show")}
      </button>
      {formatLog(view) !== "" && (
        <button type="button" className="button" onClick={() => onShow({})}>
          {t("filter.clear")}
        </button>
      )}
    </form>
  );
}
