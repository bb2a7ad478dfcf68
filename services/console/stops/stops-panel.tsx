import { useMemo, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import { LineBadge } from "../elements/line-badge.tsx";
import { Command, Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { findStops, STOPS_SHOWN_MAX, sharedNames } from "./find-stops.ts";

/** What the colours of the map mean. */
function Lines() {
  const { t } = useSpeech();
  const { lines } = useTown();
  return (
    <ul className="lines" aria-label={t("stops.lines")}>
      {lines.value?.features.map(
        ({ properties: { route_id, route_short_name, route_long_name, route_color } }) => (
          <li key={route_id}>
            <LineBadge name={route_short_name} color={route_color} /> {route_long_name}
          </li>
        ),
      )}
    </ul>
  );
}

/** Every stop by name: the map's stops for who cannot or does not want to point at them. */
export function StopsPanel() {
  const { t, language } = useSpeech();
  const { stops, town } = useTown();
  const [typed, setTyped] = useState("");
  const { value } = stops;
  const found = useMemo(
    () => findStops(value?.features.map(({ properties }) => properties) ?? [], typed, language),
    [value, typed, language],
  );
  const shared = useMemo(() => sharedNames(found), [found]);
  if (town.stops === 0) {
    return (
      <div className="panel-body">
        <Notice icon="stop" title={t("stops.no-timetable")}>
          <p>{t("stops.no-timetable.text")}</p>
          <Command>./yardline start --gtfs timetable.zip --tracker wialon-ips:5039</Command>
        </Notice>
      </div>
    );
  }
  return (
    <div className="panel-body">
      <label className="search-box filters">
        <Icon name="search" />
        <input
          type="search"
          value={typed}
          placeholder={t("stops.find")}
          aria-label={t("stops.find")}
          onChange={({ target }) => setTyped(target.value)}
        />
      </label>
      <Lines />
      {!value && <Notice icon="clock" title={t("events.loading")} />}
      {value && found.length === 0 && <Notice icon="search" title={t("stops.none-found")} />}
      <ul className="plain-list">
        {found.slice(0, STOPS_SHOWN_MAX).map(({ stop_id, stop_name }) => (
          <li key={stop_id}>
            <ViewLink to={{ open: { kind: "stop", stop_id } }} className="plain-row">
              <Icon name="stop" />
              {stop_name}
              {shared.has(stop_name) && <span className="quiet">{stop_id}</span>}
            </ViewLink>
          </li>
        ))}
      </ul>
      {found.length > STOPS_SHOWN_MAX && (
        <p className="list-end">{t("stops.more", { count: found.length - STOPS_SHOWN_MAX })}</p>
      )}
    </div>
  );
}
