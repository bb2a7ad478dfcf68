import { useEffect, useMemo, useRef, useState } from "react";
import { listStops } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import { serverNow_ms } from "../api/server-clock.ts";
import type { Arrival } from "../api/types.ts";
import { browserStorage } from "../elements/browser-storage.ts";
import { Icon } from "../elements/icon.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { arrivalText } from "../stops/arrival-text.ts";
import { findStops, STOPS_SHOWN_MAX, sharedNames } from "../stops/find-stops.ts";
import { useBoard } from "../stops/use-board.ts";
import { type Favourite, readFavourites } from "./favourites.ts";
import { ResidentLink } from "./place.tsx";

/** What each of one's stops shows at a glance. */
const NEXT_MAX = 3;

/** One's own stops, and how to find another. */
export function Home() {
  const { t } = useSpeech();
  const [kept] = useState(() => readFavourites(browserStorage));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t("home");
  }, [t]);
  return (
    <main className="resident-home">
      <h1 ref={heading} tabIndex={-1}>
        {t("home")}
      </h1>
      <section aria-label={t("favourites")}>
        <h2>{t("favourites")}</h2>
        {kept.length === 0 && <p className="quiet resident-more">{t("favourites.none")}</p>}
        <ul className="favourites">
          {kept.map((stop) => (
            <li key={stop.stop_id}>
              <FavouriteRow stop={stop} />
            </li>
          ))}
        </ul>
      </section>
      <AllStops />
    </main>
  );
}

function FavouriteRow({ stop: { stop_id, stop_name } }: { readonly stop: Favourite }) {
  const { t, formats } = useSpeech();
  const { state, now_ms } = useBoard(stop_id, serverNow_ms);
  const next = state.kind === "none" ? [] : state.arrivals.filter(isAwaited);
  return (
    <ResidentLink to={{ page: "stop", stop_id }} className="favourite-row">
      <bdi className="favourite-name">{stop_name}</bdi>
      <span className="favourite-next">
        {next.slice(0, NEXT_MAX).map((arrival) => {
          const { when, basis } = arrivalText(arrival, now_ms);
          return (
            <span
              key={`${arrival.trip_id}/${arrival.scheduled_at}`}
              className={`favourite-bus arrival-${basis}`}
            >
              <LineBadge name={arrival.route_short_name} color={arrival.route_color} />
              {when.kind === "minutes"
                ? t("arrival.minutes", { minutes: when.minutes })
                : when.kind === "now"
                  ? t("arrival.now")
                  : formats.clock(arrival.predicted_at)}
            </span>
          );
        })}
      </span>
    </ResidentLink>
  );
}

const isAwaited = ({ cancelled, skipped, overdue }: Arrival) => !cancelled && !skipped && !overdue;

function AllStops() {
  const { t, language } = useSpeech();
  const { value, problem } = usePolling("stops", listStops);
  const [typed, setTyped] = useState("");
  const stops = useMemo(() => value?.features.map(({ properties }) => properties) ?? [], [value]);
  const found = useMemo(() => findStops(stops, typed, language), [stops, typed, language]);
  const shared = useMemo(() => sharedNames(found), [found]);
  return (
    <section aria-label={t("home.all")}>
      <h2>{t("home.all")}</h2>
      <label className="search-box">
        <Icon name="search" />
        <input
          type="search"
          value={typed}
          placeholder={t("stops.find")}
          aria-label={t("stops.find")}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      {!value && !problem && <Notice icon="clock" title={t("events.loading")} />}
      {!value && problem && <Notice icon="lost" title={t("page.unreachable")} tone="bad" />}
      {value && found.length === 0 && <Notice icon="search" title={t("stops.none-found")} />}
      <ul className="plain-list">
        {found.slice(0, STOPS_SHOWN_MAX).map(({ stop_id, stop_name }) => (
          <li key={stop_id}>
            <ResidentLink to={{ page: "stop", stop_id }} className="plain-row">
              <Icon name="stop" />
              <bdi>{stop_name}</bdi>
              {shared.has(stop_name) && <span className="quiet">{stop_id}</span>}
            </ResidentLink>
          </li>
        ))}
      </ul>
      {found.length > STOPS_SHOWN_MAX && (
        <p className="list-end">{t("stops.more", { count: found.length - STOPS_SHOWN_MAX })}</p>
      )}
    </section>
  );
}
