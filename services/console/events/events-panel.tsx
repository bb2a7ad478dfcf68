import { useEffect, useState } from "react";
import { Command, Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import { shownEvents } from "./event-list.ts";
import { EventRows } from "./event-rows.tsx";
import { isNarrowed } from "./filter.ts";
import { FilterBar } from "./filter-bar.tsx";
import type { EventListModel } from "./use-event-list.ts";
import { PurposeLine } from "./use-purpose.tsx";

/** What happens in the town, newest first, growing by itself. */
export function EventsPanel({ model }: { readonly model: EventListModel }) {
  const { t } = useSpeech();
  const { list, problem } = model;
  const events = shownEvents(list);
  return (
    <div className="panel-body">
      <PurposeLine />
      <FilterBar />
      <Announcement arrived={list.arrived} />
      {problem && (
        <Notice
          icon="alert"
          title={problem.status === 0 ? t("events.unreachable") : t("events.refused")}
          tone="bad"
        >
          {problem.status > 0 && <p>{problem.message}</p>}
        </Notice>
      )}
      {!list.loaded && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {list.loaded && events.length === 0 && <NoEvents />}
      {events.length > 0 && <EventRows events={events} fresh={list.fresh} />}
      {list.older && (
        <button type="button" className="button more" onClick={model.loadOlder} disabled={model.loadingOlder}>
          {model.loadingOlder ? t("events.loading") : t("events.more")}
        </button>
      )}
      {list.loaded && !list.older && events.length > 0 && <p className="list-end">{t("events.end")}</p>}
    </div>
  );
}

function NoEvents() {
  const { t } = useSpeech();
  const { town } = useTown();
  const { view, go } = usePlace();
  if (isNarrowed(view.filter)) {
    return (
      <Notice icon="search" title={t("events.none-found")}>
        <button type="button" className="button" onClick={() => go({ filter: {} })}>
          {t("filter.clear")}
        </button>
      </Notice>
    );
  }
  const bare = town.cameras === 0 && town.stops === 0;
  return (
    <Notice icon={bare ? "camera" : "list"} title={bare ? t("events.no-sources") : t("events.none-yet")}>
      <p>{bare ? t("events.no-sources.text") : t("events.none-yet.text")}</p>
      {bare && <Command>{ADD_BOTH}</Command>}
    </Notice>
  );
}

const ADD_BOTH =
  "./yardline start \\\n  --camera yard=@yard.url \\\n  --gtfs timetable.zip --tracker wialon-ips:5039";

/** Tells readers of screens now and then that the list has grown; each event by itself would drown them. */
function Announcement({ arrived }: { readonly arrived: number }) {
  const { t } = useSpeech();
  const [said, setSaid] = useState(arrived);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(arrived), ANNOUNCE_MS);
    return () => clearTimeout(timer);
  }, [arrived]);
  return (
    <p className="unseen" role="status">
      {said > 0 ? t("events.arrived", { count: said }) : ""}
    </p>
  );
}

/** Said when nothing more has come for so long. */
const ANNOUNCE_MS = 3_000;
