import type { StreamState } from "../events/stream.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace, ViewLink } from "./use-view.tsx";
import { PANELS, type Panel } from "./view.ts";

const NAMES: Readonly<Record<Panel, MessageKey>> = {
  events: "tab.events",
  stops: "tab.stops",
  cameras: "tab.cameras",
};

const STREAM: Readonly<Record<StreamState, MessageKey>> = {
  connecting: "stream.connecting",
  live: "stream.live",
  reconnecting: "stream.reconnecting",
};

/** The lists beside the map, and whether what they show is live. */
export function Tabs({ stream }: { readonly stream: StreamState }) {
  const { t } = useSpeech();
  const { view } = usePlace();
  return (
    <div className="tabs">
      <nav aria-label={t("tabs")}>
        {PANELS.map((panel) => (
          <ViewLink
            key={panel}
            to={{ panel }}
            className="tab"
            aria-current={view.panel === panel ? "page" : undefined}
          >
            {t(NAMES[panel])}
          </ViewLink>
        ))}
      </nav>
      <p className={`stream stream-${stream}`} role="status">
        <span className="stream-dot" aria-hidden="true" />
        {t(STREAM[stream])}
      </p>
    </div>
  );
}
