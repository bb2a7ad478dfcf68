import type { ExpressionSpecification, Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { useEffect, useMemo, useRef } from "react";
import type { LineCollection, StopCollection } from "../../api/types.ts";
import { MapControls } from "../../map/map-controls.tsx";
import { saveMap } from "../../map/map-picture.ts";
import { mapStyle, readTheme } from "../../map/map-style.ts";
import { fitOptions, reducedMotion, useMap } from "../../map/use-map.ts";
import { useSpeech } from "../../messages/use-speech.tsx";
import { useMedia } from "../../page/use-media.ts";
import { useTown } from "../../page/use-town.tsx";
import type { MapMeasure } from "../plan-view.ts";
import type { MeasuredSegment } from "./network-segments.ts";
import { SCALES } from "./segment-scale.ts";
import { figureText, ScaleLegend, useSegmentName } from "./segment-words.tsx";
import "../../map/map.css";

type NetworkMapProps = {
  readonly segments: readonly MeasuredSegment[];
  readonly measure: MapMeasure;
  /** Ids of segments; empty for none. */
  readonly chosen: string;
  readonly hovered: string;
  onChoose(id: string): void;
  onHover(id: string): void;
};

const LAYER = "segments";
/** Lines are thin: a mouse within some pixels of one means it. */
const REACH_PX = 6;

/** The network on the map: each segment beside the other direction's, the worse the wider. */
export function NetworkMap({ segments, measure, chosen, hovered, onChoose, onHover }: NetworkMapProps) {
  const speech = useSpeech();
  const { t } = speech;
  const { town } = useTown();
  const container = useRef<HTMLDivElement>(null);
  const map = useMap(container, town.bounds);
  const nameOf = useSegmentName();
  useSegments(map, segments, hovered || chosen);
  usePointing(map, onChoose, onHover);
  useChosen(map, segments, chosen);
  const told = segments.find(({ id }) => id === (hovered || chosen));
  return (
    <section className="map-room network-map" aria-label={t("map")}>
      <div className="map" ref={container} />
      {map && (
        <MapControls
          map={map}
          onWhole={
            town.bounds &&
            (() => map.fitBounds([...(town.bounds ?? [0, 0, 0, 0])], fitOptions(map.getContainer())))
          }
        />
      )}
      <div className="network-card">
        <ScaleLegend measure={measure} />
        <p className="network-told" aria-live="polite">
          {told ? (
            <>
              <bdi>{nameOf(told)}</bdi> <b>{figureText(measure, told.value, speech)}</b>
            </>
          ) : (
            t("network.point")
          )}
        </p>
        <button
          type="button"
          className="button"
          onClick={() => map && saveMap(map, t(SCALES[measure].title))}
        >
          PNG
        </button>
      </div>
    </section>
  );
}

const EMPTY = { type: "FeatureCollection", features: [] } as const satisfies LineCollection & StopCollection;

/** Draws everything anew when the figures, what is pointed at or the colour scheme change. */
function useSegments(map: MapLibre | undefined, segments: readonly MeasuredSegment[], marked: string): void {
  const { lines, stops } = useTown();
  const dark = useMedia("(prefers-color-scheme: dark)");
  const drawn = useMemo(() => segments.filter(({ way }) => way !== undefined).toReversed(), [segments]);
  // The scheme changes what the theme reads.
  useEffect(() => {
    if (!map) return;
    const theme = readTheme(map.getContainer());
    const token = (name: string) => getComputedStyle(map.getContainer()).getPropertyValue(name).trim();
    const features = drawn.map(({ id, which, way = [] }) => ({
      type: "Feature" as const,
      geometry: { type: "LineString" as const, coordinates: way.map(([east, north]) => [east, north]) },
      properties: { id, which, color: token(`--scale-${which}`) },
    }));
    const ground = mapStyle(theme, { lines: lines.value ?? EMPTY, stops: stops.value ?? EMPTY });
    // Lines that nothing was measured on stay faint: the casing alone.
    const [background, casing, , ...above] = ground.layers;
    const offset = { "line-offset": byZoom(2.5, 7) };
    map.setStyle(
      {
        ...ground,
        sources: {
          ...ground.sources,
          [LAYER]: { type: "geojson", data: { type: "FeatureCollection", features } },
        },
        layers: [
          ...[background, casing].flatMap((layer) => layer ?? []),
          {
            ...{ id: "marked", type: "line", source: LAYER, filter: ["==", ["get", "id"], marked] },
            layout: { "line-cap": "round", "line-join": "round" },
            paint: { ...offset, "line-color": theme.label, "line-width": byZoom(11, 22) },
          },
          {
            ...{ id: LAYER, type: "line", source: LAYER },
            layout: { "line-cap": "round", "line-join": "round" },
            paint: {
              ...{ ...offset, "line-width": widths() },
              "line-color": ["get", "color"],
            },
          },
          ...above,
        ],
      },
      { diff: true },
    );
  }, [map, drawn, marked, lines.value, stops.value, dark]);
}

function byZoom(near: number, far: number): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], 10, near / 2, 13, near, 17, far];
}

/** By class too: who sees no colours sees the worst as the widest. */
function widths(): ExpressionSpecification {
  const width = (times: number): ExpressionSpecification => [
    "*",
    ["+", 1.5, ["*", 0.75, ["get", "which"]]],
    times,
  ];
  return ["interpolate", ["linear"], ["zoom"], 10, width(0.6), 13, width(1.1), 17, width(2.4)];
}

function usePointing(
  map: MapLibre | undefined,
  onChoose: (id: string) => void,
  onHover: (id: string) => void,
): void {
  const tell = useRef({ onChoose, onHover });
  tell.current = { onChoose, onHover };
  useEffect(() => {
    if (!map) return;
    const idAt = ({ point: { x, y } }: MapMouseEvent): string => {
      if (!map.getLayer(LAYER)) return "";
      const reach: [[number, number], [number, number]] = [
        [x - REACH_PX, y - REACH_PX],
        [x + REACH_PX, y + REACH_PX],
      ];
      const [found] = map.queryRenderedFeatures(reach, { layers: [LAYER] });
      return String(found?.properties["id"] ?? "");
    };
    const onClick = (event: MapMouseEvent) => {
      const id = idAt(event);
      if (id) tell.current.onChoose(id);
    };
    const onMove = (event: MapMouseEvent) => {
      const id = idAt(event);
      map.getCanvas().classList.toggle("over-stop", id !== "");
      tell.current.onHover(id);
    };
    const onLeave = () => tell.current.onHover("");
    map.on("click", onClick);
    map.on("mousemove", onMove);
    map.on("mouseout", onLeave);
    return () => {
      map.off("click", onClick);
      map.off("mousemove", onMove);
      map.off("mouseout", onLeave);
    };
  }, [map]);
}

const CHOSEN_ZOOM_MIN = 13.5;

/** Goes to the segment that was chosen. */
function useChosen(map: MapLibre | undefined, segments: readonly MeasuredSegment[], chosen: string): void {
  const way = segments.find(({ id }) => id === chosen)?.way;
  const [first, last] = [way?.[0], way?.at(-1)];
  const place = first && last ? `${(first[0] + last[0]) / 2} ${(first[1] + last[1]) / 2}` : "";
  useEffect(() => {
    if (!map || !place) return;
    const [east = 0, north = 0] = place.split(" ").map(Number);
    const zoom = Math.max(map.getZoom(), CHOSEN_ZOOM_MIN);
    map.easeTo({ center: [east, north], zoom, duration: reducedMotion() ? 0 : 400 });
  }, [map, place]);
}
