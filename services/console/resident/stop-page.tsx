import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { serverNow_ms } from "../api/server-clock.ts";
import { browserStorage } from "../elements/browser-storage.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { MapBoundary } from "../page/map-boundary.tsx";
import { RemindersContext } from "../stops/remind-me.tsx";
import { StopBoard } from "../stops/stop-board.tsx";
import { useBoard } from "../stops/use-board.ts";
import { readFavourites, toggleFavourite } from "./favourites.ts";
import { useReminders } from "./use-reminders.ts";

/** Most of the code of all pages: it comes only when somebody asks for it. */
const StopMap = lazy(async () => ({ default: (await import("./stop-map.tsx")).StopMap }));

/** What comes to one stop, for whoever stands there. */
export function StopPage({ stop_id }: { readonly stop_id: string }) {
  const { t } = useSpeech();
  const board = useBoard(stop_id, serverNow_ms);
  const reminders = useReminders(board.answer !== undefined);
  const name = board.name ?? t("stop");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = name;
  }, [name]);
  return (
    <main className="resident-stop">
      <div className="resident-title">
        <h1 ref={heading} tabIndex={-1}>
          <Icon name="stop" size={22} /> <bdi>{name}</bdi>
        </h1>
        {board.name !== undefined && <FavouriteButton stop_id={stop_id} stop_name={board.name} />}
      </div>
      <RemindersContext value={reminders}>
        <StopBoard stop_id={stop_id} board={board} />
      </RemindersContext>
      {board.answer && <OnMap stop_id={stop_id} place={board.answer.stop} routes={routesOf(board)} />}
    </main>
  );
}

const routesOf = ({ answer }: ReturnType<typeof useBoard>) => [
  ...new Set(answer?.arrivals.map(({ route_id }) => route_id)),
];

function FavouriteButton(stop: { readonly stop_id: string; readonly stop_name: string }) {
  const { t } = useSpeech();
  const isKept = (kept: ReturnType<typeof readFavourites>) =>
    kept.some(({ stop_id }) => stop_id === stop.stop_id);
  const [kept, setKept] = useState(() => isKept(readFavourites(browserStorage)));
  const { stop_id, stop_name } = stop;
  return (
    <button
      type="button"
      className="button favourite"
      aria-pressed={kept}
      onClick={() => setKept(isKept(toggleFavourite(browserStorage, { stop_id, stop_name })))}
    >
      <Icon name="star" /> {t("favourite")}
    </button>
  );
}

type MapProps = Parameters<typeof StopMap>[0];

function OnMap(props: MapProps) {
  const { t } = useSpeech();
  const [shown, setShown] = useState(false);
  if (!shown) {
    return (
      <p className="resident-more">
        <button type="button" className="button" onClick={() => setShown(true)}>
          <Icon name="pin" /> {t("stop.map")}
        </button>
      </p>
    );
  }
  return (
    <div className="resident-map">
      <MapBoundary>
        <Suspense fallback={<p className="resident-more">{t("page.loading")}</p>}>
          <StopMap {...props} />
        </Suspense>
      </MapBoundary>
    </div>
  );
}
