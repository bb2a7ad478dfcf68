import { AppError } from "@yardline/domain/errors";
import { distance_m } from "@yardline/domain/geo";
import { OCCURRENCE_PATTERN, placeOf, type YardlineEvent } from "@yardline/events/event";
import { anchorOf } from "@yardline/events/identity";
import { type EventQuery, type GeoBox, PAGE_MAX, type Page } from "./event-index.ts";

const OCCURRENCE = new RegExp(OCCURRENCE_PATTERN);
/** Past the last instant that an occurrence can name. */
const END_MS = 2 ** 43;

/** Anchors that a question and its page leave: from inclusive, to exclusive; and only occurrences before the cursor's. */
export type Span = { readonly from_ms: number; readonly to_ms: number; readonly before: string | undefined };

/**
 * Checks a question and gives the span of time to walk.
 * @throws AppError `INDEX_QUERY` or `INDEX_CURSOR`, saying what is wrong.
 */
export function spanOf(query: EventQuery, { limit, cursor }: Page): Span {
  const { from_ms = 0, to_ms = END_MS, box, circle } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) {
    throw wrong(`A page holds 1 to ${PAGE_MAX} events, not ${limit}.`);
  }
  if (cursor !== undefined && !OCCURRENCE.test(cursor)) {
    throw new AppError("INDEX_CURSOR", "This is no cursor of this index; begin again without one.");
  }
  // Written so that NaN is refused too.
  if (!(from_ms < to_ms)) throw wrong("The time range must begin before it ends.");
  if (box && !isBox(box))
    throw wrong("The box must go from west to east and from south to north, in degrees.");
  if (circle && !(circle.radius_m > 0 && distance_m(circle.center, circle.center) === 0)) {
    throw wrong("The circle needs a centre in degrees and a radius above 0 m.");
  }
  const clamp = (at_ms: number) => Math.min(END_MS, Math.max(0, Math.ceil(at_ms)));
  const end_ms = cursor === undefined ? to_ms : Math.min(to_ms, anchorOf(cursor) + 1);
  return { from_ms: clamp(from_ms), to_ms: clamp(end_ms), before: cursor };
}

/** Whether an event lies in the areas of a question, exactly; an event without a place lies in none. */
export function isInside({ box, circle }: EventQuery, event: YardlineEvent): boolean {
  if (!box && !circle) return true;
  const place = placeOf(event);
  if (!place) return false;
  const { latitude, longitude } = place;
  return (
    (!box ||
      (latitude >= box.south && latitude <= box.north && longitude >= box.west && longitude <= box.east)) &&
    (!circle || distance_m(place, circle.center) <= circle.radius_m)
  );
}

function isBox({ west, south, east, north }: GeoBox): boolean {
  return south <= north && west <= east && south >= -90 && north <= 90 && west >= -180 && east <= 180;
}

function wrong(problem: string): AppError {
  return new AppError("INDEX_QUERY", problem);
}
