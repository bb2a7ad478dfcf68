import { type Map as MapLibre, Marker } from "maplibre-gl";
import { type ReactNode, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { LatLon } from "../api/types.ts";

/** Something of the page's own at a place of the map. */
export function MapMarker({
  map,
  at,
  children,
}: {
  readonly map: MapLibre;
  readonly at: LatLon;
  readonly children: ReactNode;
}) {
  const [marker] = useState(() => new Marker({ element: document.createElement("div") }));
  const { longitude, latitude } = at;
  useEffect(() => {
    marker.setLngLat([longitude, latitude]);
  }, [marker, longitude, latitude]);
  useEffect(() => {
    marker.addTo(map);
    return () => {
      marker.remove();
    };
  }, [marker, map]);
  return createPortal(children, marker.getElement());
}
