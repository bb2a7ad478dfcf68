import { AppError } from "@yardline/domain/errors";
import type { Timetable } from "@yardline/timetable/timetable";
import { findTemplateTrouble } from "./alert-templates.ts";
import { findStretch } from "./in-force.ts";
import type { Concern, Duty, Standing, What } from "./order.ts";
import { addedRun, listRunsOfDuty, type RunOf } from "./runs.ts";

/** Why an order is refused, for programs; the message is for the person who gave it. */
type OrderRefusal =
  | "ORDER_UNKNOWN_RUN"
  | "ORDER_UNKNOWN_PLACE"
  | "ORDER_UNKNOWN_ORDER"
  | "ORDER_TIMES"
  | "ORDER_TEXT"
  | "ORDER_SAME_VEHICLE"
  | "ORDER_NOTHING_TO_SWAP"
  | "ORDER_TAKEN"
  | "ORDER_TWICE"
  | "ORDER_UNDONE";

export function refused(code: OrderRefusal, message: string): AppError {
  return new AppError(code, message);
}

/** The runs that an order is about, by first departure. @throws AppError for what the timetables do not have. */
export function lookUp(
  what: What,
  timetables: readonly Timetable[],
  standing: readonly Standing[],
): readonly RunOf[] {
  if (what.order === "assign") return runsOf(what.duty, timetables, standing);
  if (what.order === "cancel") return runsOf(what.run, timetables, standing);
  if (what.order === "add") return runsOf(what.like, timetables, []);
  if (what.order === "close-stop") checkStop(what.stop_id, what.feed, timetables);
  if (what.order === "detour") checkDetour(what, timetables);
  if (what.order === "alert") {
    for (const concern of what.concerns) checkConcern(concern, timetables, standing);
    for (const period of what.periods ?? []) checkPeriod(period);
    const trouble = "template" in what.text ? findTemplateTrouble(what.text) : undefined;
    if (trouble !== undefined) throw refused("ORDER_TEXT", trouble);
  }
  return [];
}

function checkPeriod({ from, until }: { readonly from: string; readonly until?: string }): void {
  const [from_ms, until_ms] = [
    Date.parse(from),
    until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
  ];
  if (from_ms < until_ms) return;
  throw refused("ORDER_TIMES", `A period from ${from} until ${until ?? "ever"} is none.`);
}

/** A run is one of one timetable, though another one may have a trip of that name. */
export function ofFeed(what: What, feed: string | undefined): What {
  if (feed === undefined) return what;
  if (what.order === "assign") return { ...what, duty: { ...what.duty, feed } };
  if (what.order === "cancel") return { ...what, run: { ...what.run, feed } };
  return what.order === "add" ? { ...what, like: { ...what.like, feed } } : what;
}

function runsOf(
  duty: Duty,
  timetables: readonly Timetable[],
  standing: readonly Standing[],
): readonly RunOf[] {
  const found = listRunsOfDuty(timetables, duty);
  if (found.length > 0) return found;
  const copies = standing.flatMap(({ order }) => addedRun(timetables, order) ?? []);
  const copy = "trip_id" in duty && copies.find(({ run }) => run.trip.trip_id === duty.trip_id);
  if (copy) return [copy];
  const name = "block_id" in duty ? `block ${duty.block_id}` : `trip ${duty.trip_id}`;
  const time = "start_time" in duty && duty.start_time !== undefined ? ` at ${duty.start_time}` : "";
  throw refused("ORDER_UNKNOWN_RUN", `The timetable has no ${name}${time} on ${duty.service_date}.`);
}

function checkStop(stop_id: string, feed: string | undefined, timetables: readonly Timetable[]): void {
  if (timetables.some((each) => isFeed(each, feed) && each.stops.has(stop_id))) return;
  throw refused("ORDER_UNKNOWN_PLACE", `The timetable has no stop ${stop_id}.`);
}

function checkRoute(route_id: string, feed: string | undefined, timetables: readonly Timetable[]): void {
  if (timetables.some((each) => isFeed(each, feed) && each.routes.has(route_id))) return;
  throw refused("ORDER_UNKNOWN_PLACE", `The timetable has no line ${route_id}.`);
}

function checkDetour(detour: Extract<What, { order: "detour" }>, timetables: readonly Timetable[]): void {
  const { feed, route_id, from_stop_id, to_stop_id } = detour;
  checkRoute(route_id, feed, timetables);
  const patterns = timetables
    .filter((each) => isFeed(each, feed))
    .flatMap((each) => each.patterns.filter(({ route }) => route.route_id === route_id));
  if (patterns.some((pattern) => findStretch(pattern, detour) !== undefined)) return;
  const message = `Line ${route_id} never comes to ${to_stop_id} after ${from_stop_id}; name two of its stops in the order in which it calls.`;
  throw refused("ORDER_UNKNOWN_PLACE", message);
}

function checkConcern(
  concern: Concern,
  timetables: readonly Timetable[],
  standing: readonly Standing[],
): void {
  if ("run" in concern) runsOf(concern.run, timetables, standing);
  else if ("stop_id" in concern) checkStop(concern.stop_id, concern.feed, timetables);
  else checkRoute(concern.route_id, concern.feed, timetables);
}

function isFeed({ feed }: Timetable, named: string | undefined): boolean {
  return named === undefined || named === feed;
}
