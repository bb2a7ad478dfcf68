import { Map as MapLibre, ScaleControl, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { type RefObject, useEffect, useState } from "react";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Town } from "../api/types.ts";
import type { Translate } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

// The worker is a file of our own server: a strict Content-Security-Policy allows nothing else.
setWorkerUrl(workerUrl);

/** A town without any place yet is shown as the whole world. */
const WORLD: NonNullable<Town["bounds"]> = [-170, -60, 170, 75];

/** The map in the container, once it can take layers and markers. Throws where the browser has no WebGL. */
export function useMap(
  container: RefObject<HTMLDivElement | null>,
  bounds: Town["bounds"],
): MapLibre | undefined {
  const { t } = useSpeech();
  const [map, setMap] = useState<MapLibre>();
  const [failed, setFailed] = useState<unknown>();

  const placed = bounds !== undefined;
  // Bounds are where the map begins, a person goes on from there: only the first ones of all make another map.
  useEffect(() => {
    if (!container.current) return;
    try {
      const made = createMap(container.current, bounds ?? WORLD, t);
      made.once("load", () => setMap(made));
      return () => {
        setMap(undefined);
        made.remove();
      };
    } catch (thrown) {
      setFailed(thrown);
      return;
    }
  }, [container, placed, t]);

  if (failed) throw failed;
  return map;
}

/** How a town is fitted into the map: on a phone its margins must not eat it. */
export function fitOptions(container: HTMLElement) {
  return { padding: Math.round(Math.min(48, container.clientHeight * 0.06)), maxZoom: 16 };
}

function createMap(container: HTMLDivElement, bounds: NonNullable<Town["bounds"]>, t: Translate): MapLibre {
  const map = new MapLibre({
    container,
    style: { version: 8, sources: {}, layers: [] },
    bounds: [...bounds],
    fitBoundsOptions: fitOptions(container),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    locale: {
      "Map.Title": t("map"),
      "ScaleControl.Meters": t("unit.metres"),
      "ScaleControl.Kilometers": t("unit.kilometres"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  return map;
}

/** Moves without flying where a person's system asks for less motion. */
export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
