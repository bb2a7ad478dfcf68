import type { StreamState } from "../events/stream.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "./use-view.tsx";
import type { Panel } from "./view.ts";

const NAMES: Readonly<Record<Panel, MessageKey>> = {
  events: "tab.events",
  incidents: "tab.incidents",
  stops: "tab.stops",
  cameras: "tab.cameras",
};

const STREAM: Readonly<Record<StreamState, MessageKey>> = {
  connecting: "stream.connecting",
  live: "stream.live",
  reconnecting: "stream.reconnecting",
};

/** The lists beside the map, and whether what they show is live. */
export function Tabs({
  panels,
  panel: shown,
  stream,
}: {
  readonly panels: readonly Panel[];
  readonly panel: Panel;
  readonly stream: StreamState;
}) {
  const { t } = useSpeech();
  return (
    <div className="tabs">
      <nav aria-label={t("tabs")}>
        {panels.map((panel) => (
          <ViewLink
            key={panel}
            to={{ panel }}
            className="tab"
            aria-current={shown === panel ? "page" : undefined}
          >
            {t(NAMES[panel])}
          </ViewLink>
        ))}
      </nav>
      {panels.includes("events") && (
        <p className={`stream stream-${stream}`} role="status">
          <span className="stream-dot" aria-hidden="true" />
          {t(STREAM[stream])}
        </p>
      )}
    </div>
  );
}
