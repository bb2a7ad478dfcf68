import type { AlertConcern, ServiceAlert } from "@yardline/domain/service-alert";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import { type Timetable, tripRunOf } from "@yardline/timetable/timetable";
import { alertTexts } from "./alert-templates.ts";
import type { Alert, Concern, Standing } from "./order.ts";
import { addedRun, findRun } from "./runs.ts";

/**
 * What passengers should know by the orders that stand: alerts that somebody wrote, and one for each closed stop and detour. Those
 * that are still to come are among them, each with its periods; those that are over are not.
 */
export function alertsOf(
  standing: readonly Standing[],
  timetables: readonly Timetable[],
  now_ms: EpochMs,
): readonly ServiceAlert[] {
  return standing
    .filter(({ from_ms, until_ms }) => from_ms < until_ms && until_ms > now_ms)
    .flatMap((each) => alertOf(each, standing, timetables) ?? [])
    .map((alert) => ({
      ...alert,
      periods: alert.periods.filter(({ until_ms = now_ms + 1 }) => until_ms > now_ms),
    }))
    .filter(({ periods, concerns }) => periods.length > 0 && concerns.length > 0);
}

/** Whether an alert holds at an instant. */
export function isActive({ periods }: ServiceAlert, at_ms: EpochMs): boolean {
  return periods.some(
    ({ from_ms, until_ms = Number.POSITIVE_INFINITY }) => from_ms <= at_ms && at_ms < until_ms,
  );
}

function alertOf(
  each: Standing,
  standing: readonly Standing[],
  timetables: readonly Timetable[],
): ServiceAlert | undefined {
  const { what, order } = each;
  const timezone = timetables[0]?.timezone ?? "UTC";
  const common = { id: `order-${order.id}`, periods: [periodOf(each)] };
  // An undone order ends when it was undone; until then its text says what was planned.
  const until_at = order.until ?? isoOf(each.until_ms);
  if (what.order === "close-stop") {
    const values = { stop: stopName(timetables, what), until_at };
    const concerns = ownersOf(timetables, what.feed, ({ stops }) => stops.has(what.stop_id)).map(
      ({ feed }) => ({
        feed,
        stop_id: what.stop_id,
      }),
    );
    return { ...common, ...alertTexts({ template: "stop-closed", values }, timezone), concerns };
  }
  if (what.order === "detour") {
    const { feed, route_id, from_stop_id, to_stop_id } = what;
    const values = {
      line:
        timetables.find(({ routes }) => routes.has(route_id))?.routes.get(route_id)?.route_short_name ||
        route_id,
      from: stopName(timetables, { feed, stop_id: from_stop_id }),
      to: stopName(timetables, { feed, stop_id: to_stop_id }),
      until_at,
    };
    const owners = ownersOf(timetables, feed, ({ routes }) => routes.has(route_id));
    const concerns = owners.map((owner) => ({ feed: owner.feed, route_id }));
    return { ...common, ...alertTexts({ template: "detour", values }, timezone), concerns };
  }
  if (what.order !== "alert") return undefined;
  const concerns = what.concerns.flatMap((concern) => concernsOf(concern, standing, timetables));
  const { text } = what;
  return {
    ...common,
    ...("template" in text ? alertTexts(text, timezone) : text),
    concerns,
    periods: periodsOf(what, each),
  };
}

function periodOf({ from_ms, until_ms }: Standing): ServiceAlert["periods"][number] {
  return Number.isFinite(until_ms) ? { from_ms, until_ms } : { from_ms };
}

/** An alert's own periods, as far as the order is in force. */
function periodsOf({ periods }: Alert, each: Standing): ServiceAlert["periods"] {
  if (!periods) return [periodOf(each)];
  return periods.flatMap(({ from, until }) => {
    const from_ms = Math.max(each.from_ms, Date.parse(from));
    const until_ms = Math.min(
      each.until_ms,
      until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    );
    if (from_ms >= until_ms) return [];
    return [Number.isFinite(until_ms) ? { from_ms, until_ms } : { from_ms }];
  });
}

function concernsOf(
  concern: Concern,
  standing: readonly Standing[],
  timetables: readonly Timetable[],
): readonly AlertConcern[] {
  if ("run" in concern) {
    const { trip_id } = concern.run;
    const copies = standing.flatMap(({ order }) => addedRun(timetables, order) ?? []);
    const found = findRun(timetables, concern.run) ?? copies.find(({ run }) => run.trip.trip_id === trip_id);
    return found ? [{ run: tripRunOf(found.timetable.feed, found.run) }] : [];
  }
  if ("stop_id" in concern) {
    const { stop_id } = concern;
    return ownersOf(timetables, concern.feed, ({ stops }) => stops.has(stop_id)).map(({ feed }) => ({
      feed,
      stop_id,
    }));
  }
  const { route_id } = concern;
  return ownersOf(timetables, concern.feed, ({ routes }) => routes.has(route_id)).map(({ feed }) => ({
    feed,
    route_id,
  }));
}

/** Feeds of one town may share the ids of stops and lines: without a feed all that have it are meant, one version of each. */
function ownersOf(
  timetables: readonly Timetable[],
  feed: string | undefined,
  has: (timetable: Timetable) => boolean,
): readonly Timetable[] {
  const owners = timetables.filter((each) => (feed === undefined || each.feed === feed) && has(each));
  return [...new Map(owners.map((owner) => [owner.feed, owner])).values()];
}

function stopName(
  timetables: readonly Timetable[],
  { feed, stop_id }: { readonly feed?: string | undefined; readonly stop_id: string },
): string {
  const [owner] = ownersOf(timetables, feed, ({ stops }) => stops.has(stop_id));
  return owner?.stops.get(stop_id)?.stop_name || stop_id;
}
