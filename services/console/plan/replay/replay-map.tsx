import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { lineColors } from "../../elements/line-color.ts";
import { MapControls } from "../../map/map-controls.tsx";
import { saveMap } from "../../map/map-picture.ts";
import { mapStyle, readTheme } from "../../map/map-style.ts";
import { fitOptions, useMap } from "../../map/use-map.ts";
import { useSpeech } from "../../messages/use-speech.tsx";
import { useMedia } from "../../page/use-media.ts";
import { useTown } from "../../page/use-town.tsx";
import { classOf } from "../network/segment-scale.ts";
import { ScaleLegend } from "../network/segment-words.tsx";
import type { Seen } from "./tracks.ts";
import "../../map/map.css";

const SOURCE = "seen";
const EMPTY = { type: "FeatureCollection", features: [] } as const;

/** Vehicles on the town's lines at one moment, coloured by how late they were; the later the larger. */
export function ReplayMap({
  seen,
  chosen,
  name,
}: {
  readonly seen: readonly Seen[];
  readonly chosen: string;
  /** Of a picture of it. */
  readonly name: string;
}) {
  const { t } = useSpeech();
  const { town } = useTown();
  const { bounds } = town;
  const container = useRef<HTMLDivElement>(null);
  const map = useMap(container, bounds);
  const drawn = useGround(map);
  useVehicles(map, drawn, seen, chosen);
  return (
    <section className="map-room" aria-label={t("map")}>
      <div className="map" ref={container} />
      {map && (
        <MapControls
          map={map}
          onWhole={bounds && (() => map.fitBounds([...bounds], fitOptions(map.getContainer())))}
        />
      )}
      <div className="network-card">
        <ScaleLegend measure="delay" />
        <button type="button" className="button" onClick={() => map && saveMap(map, name)}>
          PNG
        </button>
      </div>
    </section>
  );
}

/** Lines and stops, and layers for the vehicles. @returns what changes whenever it was drawn anew. */
function useGround(map: MapLibre | undefined): object {
  const { lines, stops } = useTown();
  const dark = useMedia("(prefers-color-scheme: dark)");
  // The scheme changes what the theme reads.
  useEffect(() => {
    if (!map) return;
    const theme = readTheme(map.getContainer());
    const ground = mapStyle(theme, { lines: lines.value ?? EMPTY, stops: stops.value ?? EMPTY });
    map.setStyle({
      ...ground,
      sources: { ...ground.sources, [SOURCE]: { type: "geojson", data: { ...EMPTY, features: [] } } },
      layers: [
        ...ground.layers,
        {
          ...{ id: "seen", type: "circle", source: SOURCE },
          paint: {
            "circle-radius": ["+", 8, ["get", "which"]],
            "circle-color": ["get", "color"],
            "circle-stroke-color": ["case", ["get", "chosen"], theme.accent, theme.casing],
            "circle-stroke-width": ["case", ["get", "chosen"], 5, 2],
          },
        },
        {
          ...{ id: "seen-lines", type: "symbol", source: SOURCE },
          layout: {
            "text-field": ["get", "line"],
            "text-font": ["system-ui", "sans-serif"],
            "text-size": 12,
            "text-allow-overlap": true,
            "text-ignore-placement": true,
          },
          paint: { "text-color": ["get", "ink"] },
        },
      ],
    });
  }, [map, lines.value, stops.value, dark]);
  return [lines.value, stops.value, dark];
}

function useVehicles(map: MapLibre | undefined, _drawn: object, seen: readonly Seen[], chosen: string): void {
  const { findLine } = useTown();
  // Each moment of a replay is another `seen`; so is each time that the ground was drawn anew.
  useEffect(() => {
    if (!map) return;
    const styles = getComputedStyle(map.getContainer());
    const features = seen.map(({ id, place: [east, north], route_id, delay_s }) => {
      const which = classOf("delay", delay_s);
      const color = styles.getPropertyValue(`--scale-${which}`).trim();
      const { ink } = lineColors(color.slice(1));
      const line = findLine(route_id)?.route_short_name ?? route_id;
      return {
        type: "Feature" as const,
        geometry: { type: "Point" as const, coordinates: [east, north] },
        properties: { which, color, ink, line, chosen: id === chosen },
      };
    });
    map.getSource<GeoJSONSource>(SOURCE)?.setData({ type: "FeatureCollection", features });
  });
}
