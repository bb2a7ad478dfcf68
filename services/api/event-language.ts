import type { Condition } from "@yardline/index/condition";
import type { EventQuery } from "@yardline/index/event-index";
import { parseQuery } from "@yardline/index/query";
import { QUERY_LENGTH_MAX } from "@yardline/index/query/problems";
import { type Static, Type } from "typebox";
import { EventFilter, EventPeriod, eventQueryOf, periodOf } from "./event-query.ts";
import type { EventQuestion } from "./event-question.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import { type Visitor, visibleTo } from "./visitor.ts";

/** The ways to ask for stored events in an address, all of which must hold together. */
export const EventSearch = {
  q: Type.Optional(
    Type.String({
      maxLength: QUERY_LENGTH_MAX,
      description:
        'In the query language, as `label:person zone:"playground" yesterday 22:00..06:00`; days and hours are the town\'s.',
    }),
  ),
  ...EventPeriod,
  ...EventFilter,
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      pattern: "^[^\\u0000-\\u001f\\u007f]+$",
      description: "Words that must all occur, in any order and case.",
    }),
  ),
};
const Search = Type.Object(EventSearch);

/** Who is asked, and when: what "today" means. */
export type Asking = Pick<Parts, "town" | "transit" | "clock" | "cameras">;

/** The zone whose days and hours are meant where nothing else is said. */
export function timezoneOf({ town, transit }: Pick<Parts, "town" | "transit">): string {
  return transit?.timezone ?? town.timezone ?? "UTC";
}

/**
 * The question that an address asks, among the events that the visitor may know of.
 * @throws Refusal 400 that names the place in `q` where it is wrong.
 */
export function searchedQuery(asked: Static<typeof Search>, parts: Asking, visitor: Visitor): EventQuery {
  const query = eventQueryOf(asked, visibleEvents(parts, visitor));
  return asked.q === undefined ? query : both(query, understood(asked.q, parts));
}

/** The question that a program asks in the structured form, among the events that the visitor may know of. */
export function structuredQuery(
  { from, to, hours, where, order }: EventQuestion,
  parts: Asking,
  visitor: Visitor,
): EventQuery {
  const visible = visibleEvents(parts, visitor);
  return {
    ...periodOf({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) }),
    ...(hours && {
      hours: { from_min: minuteOf(hours.from), to_min: minuteOf(hours.to), timezone: hours.timezone },
    }),
    where: where ? { op: "all", of: [visible, where] } : visible,
    ...(order && { order }),
  };
}

/** What a visitor may know of among stored events. */
export function visibleEvents(
  { town, cameras, clock }: Pick<Asking, "town" | "cameras" | "clock">,
  visitor: Visitor,
): Condition {
  const known = { tenant: town.tenant, cameras: cameras.listCameras(), now_ms: clock.now_ms() };
  return visibleTo(visitor, "archive", known);
}

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

function understood(text: string, { clock, ...parts }: Asking): EventQuery {
  const result = parseQuery(text, { now_ms: clock.now_ms(), timezone: timezoneOf(parts) });
  if (result.ok) return result.query;
  const { problems } = result;
  const detail = problems.map(({ at, message }) => `q, character ${at + 1}: ${message.en}`).join(" ");
  throw new Refusal(400, "INVALID_QUERY", detail, undefined, { errors: [...problems] });
}

/** The times that both allow, and all that both ask for. */
function both(a: EventQuery & { where: Condition }, b: EventQuery): EventQuery {
  const from_ms = narrower(a.from_ms, b.from_ms, Math.max);
  const to_ms = narrower(a.to_ms, b.to_ms, Math.min);
  if (from_ms !== undefined && to_ms !== undefined && from_ms >= to_ms) {
    throw new Refusal(400, "INVALID_REQUEST", "query: q and from, to have no time in common.");
  }
  return {
    ...b,
    ...(from_ms !== undefined && { from_ms }),
    ...(to_ms !== undefined && { to_ms }),
    where: b.where ? { op: "all", of: [a.where, b.where] } : a.where,
  };
}

function narrower(
  a: number | undefined,
  b: number | undefined,
  choose: (a: number, b: number) => number,
): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : choose(a, b);
}

/**
 * What a saved search asks for, whenever it is asked. One that alerts is asked of events as they happen, so it names no time.
 * @throws Refusal 400
 */
export function savedCondition(
  { q, alert }: { readonly q: string; readonly alert: boolean },
  parts: Asking,
): Condition | undefined {
  const { where, order: _, ...times } = understood(q, parts);
  if (!alert || Object.keys(times).length === 0) return where;
  throw new Refusal(
    400,
    "SEARCH_TIMED",
    "A search with alerts is asked of what happens now; leave its time out.",
  );
}
