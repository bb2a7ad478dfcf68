import { useEffect, useReducer, useRef } from "react";
import { keepListening } from "../api/keep-listening.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { type Alert, decodeAlert, withAlert } from "./alerts.ts";
import { searchStreamPath } from "./asking.ts";
import { formatSearch } from "./search-view.ts";
import { useSearches } from "./use-saved.ts";
import "./search-alerts.css";

/** What saved searches find is told wherever somebody works, with the way to it. Without a search that alerts nothing is listened to. */
export function SearchAlerts() {
  const { t, say } = useSpeech();
  const { searches } = useSearches();
  const isWanted = searches?.some(({ alert }) => alert) ?? false;
  const [alerts, tell] = useReducer(changeAlerts, []);
  useAlertStream(isWanted, (alert) => {
    tell(alert);
    notify(t("alert.found", { name: alert.name, count: alert.count }), say(alert.event.sentence));
  });
  const linkOf = ({ search, event }: Alert) => {
    const q = searches?.find(({ id }) => id === search)?.q ?? "";
    return {
      desk: "search",
      path: "",
      search: formatSearch({ q, show: "list", open: event.occurrence }),
    } as const;
  };
  return (
    <ul className="alerts" aria-live="polite" aria-label={t("alert.list")}>
      {alerts.map((alert) => (
        <li key={alert.search} className="alert">
          <Icon name="live" />
          <ViewLink to={{ at: linkOf(alert) }} onClickCapture={() => tell(alert.search)}>
            <b>
              <bdi>{t("alert.found", { name: alert.name, count: alert.count })}</bdi>
            </b>
            <bdi>{say(alert.event.sentence)}</bdi>
          </ViewLink>
          <button
            type="button"
            className="icon-button"
            aria-label={t("alert.dismiss", { name: alert.name })}
            onClick={() => tell(alert.search)}
          >
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A text is the search whose line was looked at. */
function changeAlerts(alerts: readonly Alert[], said: Alert | string): readonly Alert[] {
  return typeof said === "string" ? alerts.filter(({ search }) => search !== said) : withAlert(alerts, said);
}

/** Also while nobody looks at the tab: then above all. What came while it was cut is told when it is back. */
function useAlertStream(isWanted: boolean, onAlert: (alert: Alert) => void): void {
  // What is done with an alert may change, as with the language; the stream stays.
  const latest = useRef(onAlert);
  latest.current = onAlert;
  useEffect(() => {
    if (!isWanted) return;
    return keepListening(() => new EventSource(searchStreamPath), {
      alert(data) {
        const alert = decodeAlert(data);
        if (alert) latest.current(alert);
      },
    });
  }, [isWanted]);
}

function notify(title: string, body: string): void {
  if (document.hidden && typeof Notification !== "undefined" && Notification.permission === "granted") {
    new Notification(title, { body });
  }
}
