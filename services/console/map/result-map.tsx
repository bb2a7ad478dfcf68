import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ApiEvent, LatLon } from "../api/types.ts";
import { findPlace, sceneOf } from "../events/kinds.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useMedia } from "../page/use-media.ts";
import { useTown } from "../page/use-town.tsx";
import {
  EVENT_LAYERS,
  EVENT_SOURCE,
  type EventCollection,
  eventLayers,
  eventPoints,
  eventSource,
  readEventTheme,
} from "./event-style.ts";
import { MapControls } from "./map-controls.tsx";
import { MapMarker } from "./map-marker.tsx";
import { mapStyle, readTheme } from "./map-style.ts";
import { fitOptions, reducedMotion, useMap } from "./use-map.ts";
import "./map.css";

/** Several events at one place, which no zoom takes apart. */
export type Pile = { readonly at: LatLon; readonly count: number; readonly newest: string };
/** West, south, east, north in degrees. */
export type Area = readonly [number, number, number, number];

type Props = {
  readonly events: readonly ApiEvent[];
  /** Where the event that lies open happened. */
  readonly focus: LatLon | undefined;
  onOpen(occurrence: string): void;
  onPile(pile: Pile): void;
  /** The piece of the town that is seen, when somebody asks for what happened there. */
  onArea(area: Area): void;
};

/** What was found, on the town's own map. The list beside it has all of it for whoever does not see the map. */
export function ResultMap({ events, focus, onOpen, onPile, onArea }: Props) {
  const { t } = useSpeech();
  const { town, findCamera } = useTown();
  const container = useRef<HTMLDivElement>(null);
  const { bounds } = town;
  const map = useMap(container, bounds);
  const points = useMemo(
    () =>
      eventPoints(events, (event) => {
        const camera = sceneOf(event)?.camera;
        return findPlace(event) ?? (camera === undefined ? undefined : findCamera(camera)?.place);
      }),
    [events, findCamera],
  );
  useEventMap(map, points);
  useClicks(map, onOpen, onPile);
  useEffect(() => {
    if (map && focus)
      map.easeTo({ center: [focus.longitude, focus.latitude], duration: reducedMotion() ? 0 : 400 });
  }, [map, focus]);
  return (
    <section className="map-room" aria-label={t("map.results")}>
      <div className="map" ref={container} />
      {map && (
        <>
          {focus && (
            <MapMarker map={map} at={focus}>
              <span className="focus-ring" aria-hidden="true" />
            </MapMarker>
          )}
          <button type="button" className="button map-area" onClick={() => onArea(seenArea(map))}>
            {t("map.only-here")}
          </button>
          <MapControls
            map={map}
            onWhole={bounds && (() => map.fitBounds([...bounds], fitOptions(map.getContainer())))}
          />
        </>
      )}
    </section>
  );
}

const EMPTY = { type: "FeatureCollection", features: [] } as const;

/** The network as the ground, the events over it. Other events change only their own data. */
function useEventMap(map: MapLibre | undefined, points: EventCollection) {
  const { lines, stops } = useTown();
  const dark = useMedia("(prefers-color-scheme: dark)");
  const [isStyled, setStyled] = useState(false);
  const latest = useRef(points);
  latest.current = points;
  // The scheme changes what the theme reads.
  useEffect(() => {
    if (!map) return;
    const element = map.getContainer();
    const style = mapStyle(readTheme(element), { lines: lines.value ?? EMPTY, stops: stops.value ?? EMPTY });
    map.setStyle(
      {
        ...style,
        sources: { ...style.sources, [EVENT_SOURCE]: eventSource(latest.current) },
        layers: [...style.layers, ...eventLayers(readEventTheme(element))],
      },
      { diff: true },
    );
    setStyled(true);
  }, [map, lines.value, stops.value, dark]);
  useEffect(() => {
    const source = isStyled ? map?.getSource<GeoJSONSource>(EVENT_SOURCE) : undefined;
    source?.setData(points as Parameters<GeoJSONSource["setData"]>[0]);
  }, [map, points, isStyled]);
}

function useClicks(
  map: MapLibre | undefined,
  onOpen: (occurrence: string) => void,
  onPile: (pile: Pile) => void,
) {
  useEffect(() => {
    if (!map) return;
    const featureAt = ({ point }: MapMouseEvent) =>
      map.getLayer(EVENT_LAYERS[0])
        ? map.queryRenderedFeatures(point, { layers: [...EVENT_LAYERS] })[0]
        : undefined;
    const onClick = (event: MapMouseEvent) => {
      const properties = featureAt(event)?.properties;
      const cluster: unknown = properties?.["cluster_id"];
      if (typeof cluster === "number") void openCluster(map, cluster, onPile);
      else if (properties) onOpen(String(properties["occurrence"]));
    };
    const onMove = (event: MapMouseEvent) => {
      map.getCanvas().classList.toggle("over-stop", featureAt(event) !== undefined);
    };
    map.on("click", onClick);
    map.on("mousemove", onMove);
    return () => {
      map.off("click", onClick);
      map.off("mousemove", onMove);
    };
  }, [map, onOpen, onPile]);
}

/** Events of a cluster that are looked at to know whether they are of one place. */
const LEAVES_MAX = 1_000;
const ZOOM_MAX = 18;

/** Goes nearer until its events stand apart; those of one place are told together, since they never will. */
async function openCluster(map: MapLibre, cluster: number, onPile: (pile: Pile) => void): Promise<void> {
  const source = map.getSource<GeoJSONSource>(EVENT_SOURCE);
  if (!source) return;
  const leaves = await source.getClusterLeaves(cluster, LEAVES_MAX, 0);
  const places = leaves.map(({ geometry }) => (geometry.type === "Point" ? geometry.coordinates : []));
  const [longitude = 0, latitude = 0] = places[0] ?? [];
  if (new Set(places.map(String)).size > 1) {
    const zoom = Math.min((await source.getClusterExpansionZoom(cluster)) + 0.5, ZOOM_MAX);
    map.easeTo({ center: [longitude, latitude], zoom, duration: reducedMotion() ? 0 : 400 });
    return;
  }
  const newest = leaves.map((leaf) => String(leaf.properties?.["occurrence"])).toSorted();
  onPile({ at: { longitude, latitude }, count: leaves.length, newest: newest.at(-1) ?? "" });
}

function seenArea(map: MapLibre): Area {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}
