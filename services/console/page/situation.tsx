import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { LatLon, StopCollection } from "../api/types.ts";
import { CamerasPanel } from "../cameras/cameras-panel.tsx";
import { EventSheet } from "../events/event-sheet.tsx";
import { EventsPanel } from "../events/events-panel.tsx";
import { findPlace } from "../events/kinds.ts";
import { useEventList } from "../events/use-event-list.ts";
import { useOpenedEvent } from "../events/use-opened-event.ts";
import { PurposeProvider } from "../events/use-purpose.tsx";
import { IncidentSheet } from "../incidents/incident-sheet.tsx";
import { IncidentsPanel } from "../incidents/incidents-panel.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { StopSheet } from "../stops/stop-sheet.tsx";
import { StopsPanel } from "../stops/stops-panel.tsx";
import { MapBoundary } from "./map-boundary.tsx";
import { Tabs } from "./tabs.tsx";
import { usePanels } from "./use-panels.ts";
import { useTown } from "./use-town.tsx";
import { usePlace } from "./use-view.tsx";
import { formatView } from "./view.ts";

/** The map is most of the code: it comes after the lists. */
const TownMap = lazy(async () => ({ default: (await import("../map/town-map.tsx")).TownMap }));

type Room = { readonly narrow: boolean; onClose(): void };

/** The seed of the situation centre: lists beside the map, one thing open over it. */
export function Situation(room: Room) {
  return (
    <PurposeProvider>
      <SituationRoom {...room} />
    </PurposeProvider>
  );
}

function SituationRoom({ narrow, onClose }: Room) {
  const { now_ms, stops } = useTown();
  const { t } = useSpeech();
  const { view, go } = usePlace();
  const panels = usePanels();
  // A link to a list that is not theirs leads to one that is.
  const panel = panels.includes(view.panel) ? view.panel : (panels[0] ?? "stops");
  const model = useEventList(view.filter, now_ms, panels.includes("events"));
  const [shown, setShown] = useState<LatLon>();
  const { open } = view;
  const opened = useOpenedEvent(open?.kind === "event" ? open.occurrence : undefined, model.list.events);

  // What is opened next is looked at, whatever was asked to be shown before.
  const openKey = open && formatView({ panel: "events", filter: {}, open });
  useEffect(() => {
    if (openKey) setShown(undefined);
  }, [openKey]);
  const focus = useMemo(() => {
    if (shown || !open) return shown;
    if (open.kind === "stop") return findStopPlace(stops.value, open.stop_id);
    return open.kind === "event" ? findPlace({ place: opened.event?.place }) : undefined;
  }, [shown, open, stops.value, opened.event?.place]);

  const onStop = useCallback((stop_id: string) => go({ open: { kind: "stop", stop_id } }), [go]);
  const onCamera = useCallback(() => go({ panel: "cameras" }), [go]);

  return (
    <main className="situation">
      <h1 className="unseen">{t("desk.situation")}</h1>
      <section className="panel" inert={narrow && open !== undefined}>
        <Tabs panels={panels} panel={panel} stream={model.stream} />
        {panel === "events" && <EventsPanel model={model} />}
        {panel === "incidents" && <IncidentsPanel />}
        {panel === "stops" && <StopsPanel />}
        {panel === "cameras" && <CamerasPanel onShow={setShown} />}
      </section>
      {open?.kind === "event" && (
        <EventSheet
          occurrence={open.occurrence}
          opened={opened}
          linkTo={toEvent}
          onClose={onClose}
          onShow={(place) => {
            setShown(place);
            if (narrow) onClose();
          }}
        />
      )}
      {open?.kind === "incident" && <IncidentSheet id={open.id} onClose={onClose} />}
      {open?.kind === "stop" && <StopSheet stop_id={open.stop_id} onClose={onClose} />}
      <MapBoundary>
        <Suspense fallback={<div className="map-room" />}>
          <TownMap
            focus={focus}
            covered={!narrow && open !== undefined}
            stop_id={open?.kind === "stop" ? open.stop_id : undefined}
            onStop={onStop}
            onCamera={onCamera}
          />
        </Suspense>
      </MapBoundary>
    </main>
  );
}

function findStopPlace(stops: StopCollection | undefined, stop_id: string): LatLon | undefined {
  const stop = stops?.features.find(({ properties }) => properties.stop_id === stop_id);
  const [longitude, latitude] = stop?.geometry.coordinates ?? [];
  return longitude === undefined || latitude === undefined ? undefined : { longitude, latitude };
}

const toEvent = (occurrence: string) => ({ open: { kind: "event", occurrence } }) as const;
