import { createContext, use, useCallback, useMemo, useRef } from "react";
import { getTown, listCameras, listLines, listStops } from "../api/client.ts";
import { FIRST } from "../api/first-answers.ts";
import { type Polled, usePolling } from "../api/polling.ts";
import type { Camera, Line, LineCollection, StopCollection, Town } from "../api/types.ts";

const TOWN_MS = 15_000;
const CAMERAS_MS = 5_000;

/** What the whole page knows of the town. */
export type TownData = {
  readonly town: Town;
  /** The town's own time: this device's clock may be wrong by an hour. */
  readonly now_ms: () => number;
  readonly cameras: Polled<readonly Camera[]>;
  readonly stops: Polled<StopCollection>;
  readonly lines: Polled<LineCollection>;
  findCamera(id: string): Camera | undefined;
  findLine(route_id: string): Line | undefined;
  findStopName(stop_id: string): string | undefined;
};

const TownContext = createContext<TownData | undefined>(undefined);
export const TownProvider = TownContext.Provider;

export function useTown(): TownData {
  const town = use(TownContext);
  if (!town) throw new Error("useTown outside of TownProvider");
  return town;
}

/** The town itself, asked for first: everything else is shown in its zone and by its clock. */
export function useTownItself(): { readonly town: Polled<Town>; readonly now_ms: () => number } {
  const town = usePolling("town", getTown, TOWN_MS, FIRST.town);
  const ahead_ms = useRef(0);
  if (town.value && town.at_ms !== undefined) ahead_ms.current = Date.parse(town.value.now) - town.at_ms;
  const now_ms = useCallback(() => Date.now() + ahead_ms.current, []);
  return { town, now_ms };
}

/** Without a timetable there is nothing to ask for. */
const none = async () => ({ type: "FeatureCollection", features: [] }) as const;

const noCameras = async () => [];

/** @param knowsCameras whether whoever sits here may know of any. */
export function useTownData(town: Town, now_ms: () => number, knowsCameras: boolean): TownData {
  const cameras = useNews(
    usePolling(
      `cameras/${knowsCameras}`,
      knowsCameras ? listCameras : noCameras,
      knowsCameras ? CAMERAS_MS : undefined,
    ),
  );
  // The network stays as it is until another timetable is loaded; then the number of stops changes.
  const stops = usePolling(`stops/${town.stops}`, town.stops > 0 ? listStops : none);
  const lines = usePolling(`lines/${town.stops}`, town.stops > 0 ? listLines : none);
  return useMemo(() => {
    const cameraOf = new Map(cameras.value?.map((camera) => [camera.id, camera]));
    const lineOf = new Map(lines.value?.features.map(({ properties }) => [properties.route_id, properties]));
    const nameOf = new Map(
      stops.value?.features.map(({ properties }) => [properties.stop_id, properties.stop_name]),
    );
    return {
      town,
      now_ms,
      cameras,
      stops,
      lines,
      findCamera: (id) => cameraOf.get(id),
      findLine: (route_id) => lineOf.get(route_id),
      findStopName: (stop_id) => nameOf.get(stop_id),
    };
  }, [town, now_ms, cameras, stops, lines]);
}

/** Only what says something else than before: everything that shows it is drawn anew for that. */
function useNews<Value>(polled: Polled<Value>): Polled<Value> {
  const { value, problem } = polled;
  const text = useMemo(() => JSON.stringify(value), [value]);
  // An answer is known by what it says, not by being another one.
  return useMemo(() => polled, [text, problem]);
}
