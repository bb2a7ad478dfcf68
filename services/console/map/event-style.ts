import type { ExpressionSpecification, GeoJSONSourceSpecification, LayerSpecification } from "maplibre-gl";
import type { ApiEvent, LatLon } from "../api/types.ts";
import { findPlace } from "../events/kinds.ts";

/** The colours of events by how grave they are; they come from `tokens.css`. */
export type EventTheme = {
  readonly info: string;
  readonly notice: string;
  readonly alarm: string;
  readonly edge: string;
  readonly label: string;
};

/** The page's colours, as they are now where the map is. */
export function readEventTheme(element: Element): EventTheme {
  const tokens = getComputedStyle(element);
  const token = (name: string) => tokens.getPropertyValue(name).trim();
  return {
    info: token("--accent"),
    notice: token("--warn"),
    alarm: token("--bad"),
    edge: token("--surface"),
    label: token("--accent-ink"),
  };
}

export const EVENT_SOURCE = "events";
export const EVENT_LAYERS = ["event-cluster", "event"] as const;

type Feature = {
  readonly type: "Feature";
  readonly geometry: { readonly type: "Point"; readonly coordinates: readonly [number, number] };
  readonly properties: { readonly occurrence: string; readonly grave: number };
};
export type EventCollection = { readonly type: "FeatureCollection"; readonly features: readonly Feature[] };

const GRAVE: Readonly<Record<string, number>> = { info: 0, notice: 1, alarm: 2 };

/** Events as points. Those without a place of their own stand at their camera's; those without either are not on the map. */
export function eventPoints(
  events: readonly ApiEvent[],
  placeOf: (event: ApiEvent) => LatLon | undefined = findPlace,
): EventCollection {
  const features = events.flatMap((event): Feature[] => {
    const place = placeOf(event);
    if (!place) return [];
    return [
      {
        type: "Feature",
        geometry: { type: "Point", coordinates: [place.longitude, place.latitude] },
        properties: { occurrence: event.occurrence, grave: GRAVE[event.severity] ?? 0 },
      },
    ];
  });
  return { type: "FeatureCollection", features };
}

/** Near points are one circle with their number, in the colour of the gravest; drawn by the map itself, so that a thousand cost no element. */
export function eventSource(points: EventCollection): GeoJSONSourceSpecification {
  return {
    type: "geojson",
    // maplibre's types want arrays that may be changed; it does not change them.
    data: points as GeoJSONSourceSpecification["data"],
    cluster: true,
    clusterRadius: 44,
    clusterProperties: { grave: ["max", ["get", "grave"]] },
  };
}

export function eventLayers({ info, notice, alarm, edge, label }: EventTheme): LayerSpecification[] {
  const color: ExpressionSpecification = ["match", ["get", "grave"], 2, alarm, 1, notice, info];
  return [
    {
      id: "event-cluster",
      type: "circle",
      source: EVENT_SOURCE,
      filter: ["has", "point_count"],
      paint: {
        "circle-color": color,
        "circle-radius": ["step", ["get", "point_count"], 14, 10, 18, 100, 23, 1000, 28],
        "circle-stroke-color": edge,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "event",
      type: "circle",
      source: EVENT_SOURCE,
      filter: ["!", ["has", "point_count"]],
      paint: {
        "circle-color": color,
        "circle-radius": 8,
        "circle-stroke-color": edge,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "event-count",
      type: "symbol",
      source: EVENT_SOURCE,
      filter: ["has", "point_count"],
      layout: {
        "text-field": ["get", "point_count_abbreviated"],
        "text-font": ["system-ui", "sans-serif"],
        "text-size": 13,
        "text-allow-overlap": true,
      },
      paint: { "text-color": label },
    },
  ];
}
