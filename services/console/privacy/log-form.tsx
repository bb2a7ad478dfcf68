import type { FormEvent, ReactNode } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { type LogView, parseLog } from "./log-view.ts";

/** What of the log is wanted: fields of their own, named as those of a view, and the days. */
export function LogForm({
  view,
  onShow,
  children,
  more,
}: {
  readonly view: LogView;
  onShow(view: LogView): void;
  readonly children: ReactNode;
  /** Beside its button. */
  readonly more?: ReactNode;
}) {
  const { t } = useSpeech();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) given.set(name, String(value));
    onShow(parseLog(`?${given}`));
  };
  return (
    <form className="ask" onSubmit={send}>
      {children}
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
      {more}
    </form>
  );
}
