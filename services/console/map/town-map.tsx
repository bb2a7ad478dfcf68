import type { Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { memo, useEffect, useRef } from "react";
import type { LatLon } from "../api/types.ts";
import { Command, Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useMedia } from "../page/use-media.ts";
import { useTown } from "../page/use-town.tsx";
import { Buses } from "./buses.tsx";
import { CameraMarkers } from "./camera-markers.tsx";
import { MapControls } from "./map-controls.tsx";
import { MapMarker } from "./map-marker.tsx";
import { mapStyle, readTheme, STOP_LAYER } from "./map-style.ts";
import { fitOptions, reducedMotion, useMap } from "./use-map.ts";
import "./map.css";

type TownMapProps = {
  /** What to look at: the map goes there when it changes. */
  readonly focus: LatLon | undefined;
  /** Whether a sheet covers the map's right side. */
  readonly covered: boolean;
  readonly stop_id: string | undefined;
  onStop(stop_id: string): void;
  onCamera(): void;
};

/**
 * The town: its lines, stops, cameras and moving buses, out of its own data alone. Beside it a queue is drawn anew with each event, and
 * that is no reason to draw a thousand markers: whoever has it gives it the same functions each time.
 */
export const TownMap = memo(function TownMap({ focus, covered, stop_id, onStop, onCamera }: TownMapProps) {
  const { t } = useSpeech();
  const { town, cameras } = useTown();
  const container = useRef<HTMLDivElement>(null);
  const { bounds } = town;
  const map = useMap(container, bounds);
  useNetwork(map, stop_id);
  useStopClicks(map, onStop);
  useFocus(map, focus, covered);
  return (
    <section className="map-room" aria-label={t("map")}>
      <div className="map" ref={container} />
      {map && (
        <>
          <CameraMarkers map={map} cameras={cameras.value ?? []} onCamera={onCamera} />
          {focus && (
            <MapMarker map={map} at={focus}>
              <span className="focus-ring" aria-hidden="true" />
            </MapMarker>
          )}
          {town.stops > 0 && <Buses map={map} />}
          <MapControls
            map={map}
            onWhole={bounds && (() => map.fitBounds([...bounds], fitOptions(map.getContainer())))}
          />
        </>
      )}
      {!bounds && (
        <div className="map-empty">
          <Notice icon="pin" title={t("map.empty")}>
            <p>{t("map.empty.text")}</p>
            <Command>./yardline start --gtfs timetable.zip</Command>
          </Notice>
        </div>
      )}
    </section>
  );
});

/** Lines and stops, drawn anew when they, the open stop or the colour scheme change. */
function useNetwork(map: MapLibre | undefined, stop_id: string | undefined) {
  const { lines, stops } = useTown();
  const dark = useMedia("(prefers-color-scheme: dark)");
  // The scheme changes what the theme reads.
  useEffect(() => {
    if (!map) return;
    const content = { lines: lines.value ?? EMPTY, stops: stops.value ?? EMPTY, stop_id };
    map.setStyle(mapStyle(readTheme(map.getContainer()), content), { diff: true });
  }, [map, lines.value, stops.value, stop_id, dark]);
}

const EMPTY = { type: "FeatureCollection", features: [] } as const;

/** Stops are small: a finger or a mouse within some pixels of one means it. */
const STOP_REACH_PX = 10;

function useStopClicks(map: MapLibre | undefined, onStop: (stop_id: string) => void) {
  useEffect(() => {
    if (!map) return;
    const stopAt = ({ point: { x, y } }: MapMouseEvent): unknown => {
      if (!map.getLayer(STOP_LAYER)) return;
      const reach = [
        [x - STOP_REACH_PX, y - STOP_REACH_PX],
        [x + STOP_REACH_PX, y + STOP_REACH_PX],
      ] as [[number, number], [number, number]];
      return map.queryRenderedFeatures(reach, { layers: [STOP_LAYER] })[0]?.properties["stop_id"];
    };
    const onClick = (event: MapMouseEvent) => {
      const stop_id = stopAt(event);
      if (typeof stop_id === "string") onStop(stop_id);
    };
    const onMove = (event: MapMouseEvent) => {
      map.getCanvas().classList.toggle("over-stop", stopAt(event) !== undefined);
    };
    map.on("click", onClick);
    map.on("mousemove", onMove);
    return () => {
      map.off("click", onClick);
      map.off("mousemove", onMove);
    };
  }, [map, onStop]);
}

const FOCUS_ZOOM_MIN = 14.5;
/** The width of a sheet over the map; as in `layout.css`. */
const SHEET_PX = 480;

function useFocus(map: MapLibre | undefined, focus: LatLon | undefined, covered: boolean) {
  useEffect(() => {
    if (!map || !focus) return;
    const narrowMap = map.getContainer().clientWidth < SHEET_PX + 160;
    map.easeTo({
      center: [focus.longitude, focus.latitude],
      zoom: Math.max(map.getZoom(), FOCUS_ZOOM_MIN),
      offset: [covered && !narrowMap ? -SHEET_PX / 2 : 0, 0],
      duration: reducedMotion() ? 0 : 600,
    });
  }, [map, focus, covered]);
}
