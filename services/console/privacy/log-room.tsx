import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { LogEntries } from "./log-entries.tsx";
import { LogForm } from "./log-form.tsx";
import { LogPages } from "./log-pages.tsx";
import { LogProof } from "./log-proof.tsx";
import { ACTION_NAMES, formatLog, type LogView, parseLog } from "./log-view.ts";

/** Who looked at what: searched, page by page, and proven. That somebody reads it is written down too. */
export function LogRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const view = parseLog(at.search);
  const show = (next: LogView) =>
    go({ at: { desk: "privacy", path: "/log", search: formatLog(next) } }, "replace");
  return (
    <>
      <p className="room-lead">{t("log.lead")}</p>
      <LogProof />
      <LogForm
        key={at.search}
        view={view}
        onShow={show}
        more={
          formatLog(view) !== "" && (
            <button type="button" className="button" onClick={() => show({})}>
              {t("filter.clear")}
            </button>
          )
        }
      >
        <Fields view={view} />
      </LogForm>
      <LogPages view={view} none={t("log.none")}>
        {(entries) => <LogEntries entries={entries} />}
      </LogPages>
    </>
  );
}

function Fields({ view }: { readonly view: LogView }) {
  const { t } = useSpeech();
  return (
    <>
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
    </>
  );
}
