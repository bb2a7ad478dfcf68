import type { Map as MapLibre } from "maplibre-gl";
import { saveChart } from "../elements/chart-picture.ts";

/** Saves what a map shows with its name over it. What was drawn is gone with the next frame: it is taken while one is drawn. */
export function saveMap(map: MapLibre, name: string): void {
  map.once("render", () => void saveChart(map.getCanvas(), name));
  map.triggerRepaint();
}
