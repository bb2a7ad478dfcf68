import { withArea, withTime } from "@yardline/index/query/edit";
import { type Now, type Period, periodText } from "./question.ts";

/** A circle in metres, or the piece of the map between its edges in degrees. */
export type Area =
  | { readonly latitude: number; readonly longitude: number; readonly radius_m: number }
  | { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

/** What the timeline and the map do to a question: they write into its text, as a person would. */
export function narrowedBy({ q, now }: { readonly q: string; now(): Now }, onAsk: (q: string) => void) {
  return {
    /** Undefined is the whole time. */
    toPeriod(period: Period | undefined) {
      onAsk(withTime(q, period ? periodText(period, now()) : "", now()));
    },
    toArea(area: Area) {
      onAsk(withArea(q, areaText(area), now()));
    },
  };
}

/** Five places are about a metre. */
const PLACES = 5;

export function areaText(area: Area): string {
  if ("radius_m" in area) {
    return `near:${area.latitude.toFixed(PLACES)},${area.longitude.toFixed(PLACES)},${area.radius_m}m`;
  }
  const { west, south, east, north } = area;
  return `within:${[west, south, east, north].map((each) => each.toFixed(PLACES)).join(",")}`;
}

/** What else happened near a place and around a moment, as a question. */
export function aroundText(
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  at_ms: number,
  now: Now,
): string {
  const period = { from_ms: floorMinute(at_ms - AROUND_MS), to_ms: floorMinute(at_ms + AROUND_MS) };
  return `${areaText({ latitude, longitude, radius_m: AROUND_M })} ${periodText(period, now)}`;
}

const AROUND_M = 300;
const AROUND_MS = 10 * 60_000;
const floorMinute = (at_ms: number) => at_ms - (at_ms % 60_000);
