import type { FilterSpecification, GeoJSONSourceSpecification, StyleSpecification } from "maplibre-gl";
import type { LineCollection, StopCollection } from "../api/types.ts";
import { lineColors } from "../elements/line-color.ts";

/** The colours of the map's own drawing; they come from `tokens.css`. */
type MapTheme = {
  readonly ground: string;
  readonly casing: string;
  readonly stop: string;
  readonly stop_edge: string;
  readonly label: string;
  readonly accent: string;
};

/** As the tokens are now where the element stands. */
export function readTheme(element: Element): MapTheme {
  const tokens = getComputedStyle(element);
  const token = (name: string) => tokens.getPropertyValue(name).trim();
  return {
    ground: token("--map-ground"),
    casing: token("--map-casing"),
    stop: token("--surface"),
    stop_edge: token("--map-stop"),
    label: token("--ink"),
    accent: token("--accent"),
  };
}

export type MapContent = {
  readonly lines: LineCollection;
  readonly stops: StopCollection;
  /** The stop that lies open. */
  readonly stop_id?: string | undefined;
};

export const STOP_LAYER = "stops";

/**
 * The whole map as a style: the town's own lines and stops on a plain ground. Without a `glyphs` address maplibre draws the
 * letters itself out of the device's fonts, so nothing is asked of anybody.
 */
export function mapStyle(theme: MapTheme, { lines, stops, stop_id }: MapContent): StyleSpecification {
  const opened: FilterSpecification = ["==", ["get", "stop_id"], stop_id ?? ""];
  return {
    version: 8,
    sources: {
      lines: { type: "geojson", data: mutable(coloured(lines)) },
      stops: { type: "geojson", data: mutable(stops) },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": theme.ground } },
      lineLayer("casing", { "line-color": theme.casing, "line-width": widths(5, 12) }),
      lineLayer("line", { "line-color": ["get", "color"], "line-width": widths(2.5, 7) }),
      {
        id: STOP_LAYER,
        type: "circle",
        source: "stops",
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 2, 13, 4, 16, 7],
          "circle-color": theme.stop,
          "circle-stroke-color": theme.stop_edge,
          "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 10, 1, 16, 2.5],
        },
      },
      {
        id: "stop-opened",
        type: "circle",
        source: "stops",
        filter: opened,
        paint: {
          "circle-radius": 9,
          "circle-color": theme.stop,
          "circle-stroke-color": theme.accent,
          "circle-stroke-width": 4,
        },
      },
      {
        id: "stop-names",
        type: "symbol",
        source: "stops",
        minzoom: 12.5,
        layout: {
          "text-field": ["get", "stop_name"],
          "text-font": ["system-ui", "sans-serif"],
          "text-size": 12,
          "text-variable-anchor": ["left", "right", "top", "bottom"],
          "text-radial-offset": 0.9,
          "text-max-width": 9,
        },
        paint: { "text-color": theme.label, "text-halo-color": theme.ground, "text-halo-width": 1.5 },
      },
    ],
  };
}

function lineLayer(
  id: string,
  paint: NonNullable<Extract<StyleSpecification["layers"][number], { type: "line" }>["paint"]>,
) {
  return {
    id,
    type: "line",
    source: "lines",
    layout: { "line-cap": "round", "line-join": "round" },
    paint,
  } as const;
}

function widths(near: number, far: number): ["interpolate", ["linear"], ["zoom"], ...number[]] {
  return ["interpolate", ["linear"], ["zoom"], 10, near / 2, 13, near, 17, far];
}

function coloured({ type, features }: LineCollection) {
  return {
    type,
    features: features.map((feature) => ({
      ...feature,
      properties: { ...feature.properties, color: lineColors(feature.properties.route_color).ground },
    })),
  };
}

/** maplibre's types want arrays that may be changed; it does not change them. */
function mutable(collection: object): GeoJSONSourceSpecification["data"] {
  return collection as GeoJSONSourceSpecification["data"];
}
