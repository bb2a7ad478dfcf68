import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import type { LatLon } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import type { Pile } from "../map/result-map.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { MapBoundary } from "../page/map-boundary.tsx";
import type { Area } from "./narrow.ts";
import { loadedOf, MAP_MAX, type Result } from "./result.ts";

/** The map is most of the code: it comes after the list. */
const ResultMap = lazy(async () => ({ default: (await import("../map/result-map.tsx")).ResultMap }));

/** A pile's events are within so many metres of each other. */
const PILE_M = 30;

/** The first of what was found on the map, and how many that is of all. */
export function FoundOnMap({
  result,
  focus,
  onOpen,
  onArea,
}: {
  readonly result: Result | undefined;
  readonly focus: LatLon | undefined;
  onOpen(occurrence: string): void;
  onArea(area: Area): void;
}) {
  const { t, formats } = useSpeech();
  const [pile, setPile] = useState<Pile>();
  const events = useMemo(() => (result ? loadedOf(result, MAP_MAX) : []), [result]);
  const showSeen = useCallback(
    ([west, south, east, north]: readonly [number, number, number, number]) =>
      onArea({ west, south, east, north }),
    [onArea],
  );
  const told = result && {
    drawn: formats.number(events.length),
    total: formats.number(result.total),
    order: result.question.order,
  };
  return (
    <div className="search-map">
      <MapBoundary>
        <Suspense fallback={<div className="map-room" />}>
          <ResultMap events={events} focus={focus} onOpen={onOpen} onPile={setPile} onArea={showSeen} />
        </Suspense>
      </MapBoundary>
      {told && events.length < result.total && <p className="map-drawn">{t("map.drawn", told)}</p>}
      {pile && (
        <div className="map-pile" role="status">
          <p>
            <b>{t("map.pile", { count: pile.count })}</b>
          </p>
          <button type="button" className="button" onClick={() => onOpen(pile.newest)}>
            {t("map.pile.newest")}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              setPile(undefined);
              onArea({ ...pile.at, radius_m: PILE_M });
            }}
          >
            {t("map.pile.only")}
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={t("close")}
            onClick={() => setPile(undefined)}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </div>
  );
}
