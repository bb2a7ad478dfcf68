import { type EpochMs, isoOf } from "@yardline/domain/time";
import { secondsOf } from "@yardline/timetable/service-day";
import { endOf, startOf, type Timetable } from "@yardline/timetable/timetable";
import { inForce, vehiclesOf } from "./in-force.ts";
import { lookUp, ofFeed, refused } from "./look-up.ts";
import {
  type AskedOrder,
  type Duty,
  isInForce,
  type Order,
  type RunName,
  type Standing,
  standingOf,
  type What,
} from "./order.ts";
import type { RunOf } from "./runs.ts";

/** Orders about runs end so long after the last of them should have: until then a late bus may still be on it. */
const AFTER_END_MS = 3 * 3_600_000;
/** What is ordered for the past is gone through again; older fixes are not kept. */
const BACK_MAX_MS = 7 * 86_400_000;
/** Orders are for what can be foreseen. */
const AHEAD_MAX_MS = 400 * 86_400_000;

export type Situation = {
  readonly timetables: readonly Timetable[];
  readonly log: readonly Order[];
  readonly now_ms: EpochMs;
  /** What a vehicle drives as far as its positions tell: for swaps of vehicles that nobody assigned. */
  readonly findDriven: (vehicle_id: string) => Duty | undefined;
};

/**
 * Judges an order by the timetables and by what stands already, and fills in what was left open.
 * @throws AppError of `look-up.ts`; the message says what to do.
 */
export function admitOrder(asked: AskedOrder, situation: Situation): Omit<Order, "id"> {
  const { by, why } = asked;
  const { now_ms } = situation;
  const at = isoOf(now_ms);
  if (asked.what.order === "undo") {
    return { at, by, why, what: asked.what, ...admitUndo(asked, asked.what.of, situation) };
  }
  const standing = standingOf(situation.log);
  const found = lookUp(asked.what, situation.timetables, standing);
  const what = ofFeed(asked.what, found[0]?.timetable.feed);
  const from_ms = asked.from === undefined ? now_ms : Date.parse(asked.from);
  const swapped = swapOf(what, situation, standing, from_ms);
  const duties = [...(swapped.takes ?? []), ...(swapped.gives ?? [])];
  const { listRunsOf } = inForce(standing, situation.timetables);
  const about = [...found, ...duties.flatMap(listRunsOf)];
  const order = { at, by, why, what, ...spanOf(asked, about, now_ms), ...swapped };
  refuseTwice(order, found, situation, standing);
  return order;
}

function admitUndo({ from }: AskedOrder, of: string, { log, now_ms }: Situation): Pick<Order, "from"> {
  const undone = log.find(({ id }) => id === of);
  if (!undone) throw refused("ORDER_UNKNOWN_ORDER", `There is no order ${of}, or it is too old to be kept.`);
  if (undone.what.order === "undo") {
    throw refused("ORDER_UNDONE", `Order ${of} undid another one; give that one again instead.`);
  }
  const already = log.find(({ what }) => what.order === "undo" && what.of === of);
  if (already)
    throw refused("ORDER_UNDONE", `Order ${of} was undone already, by ${already.by} at ${already.at}.`);
  if (undone.until !== undefined && Date.parse(undone.until) <= now_ms && from === undefined) {
    throw refused("ORDER_UNDONE", `Order ${of} ended by itself at ${undone.until}.`);
  }
  const from_ms = from === undefined ? now_ms : Date.parse(from);
  checkNear(from_ms, now_ms);
  return { from: isoOf(Math.max(from_ms, Date.parse(undone.from))) };
}

/** From when until when an order is in force. What is about runs ends with them, other things need an end or have none. */
function spanOf(asked: AskedOrder, found: readonly RunOf[], now_ms: EpochMs): Pick<Order, "from" | "until"> {
  const from_ms = asked.from === undefined ? now_ms : Date.parse(asked.from);
  checkNear(from_ms, now_ms);
  const ends_ms = Math.max(...found.map(({ run }) => endOf(run))) + AFTER_END_MS;
  const until_ms =
    asked.until !== undefined
      ? Date.parse(asked.until)
      : found.length > 0
        ? addedEnd(asked, found, ends_ms)
        : undefined;
  if (until_ms === undefined) {
    if (asked.what.order !== "alert") {
      throw refused(
        "ORDER_TIMES",
        "Say until when: a detour or a closed stop ends by itself, so that nobody forgets it.",
      );
    }
    return { from: isoOf(from_ms) };
  }
  checkNear(until_ms, now_ms);
  if (until_ms <= from_ms) {
    throw refused(
      "ORDER_TIMES",
      `It would end at ${isoOf(until_ms)}, before it begins at ${isoOf(from_ms)}.`,
    );
  }
  if (until_ms <= now_ms && asked.what.order !== "assign") {
    throw refused("ORDER_TIMES", `It would have ended at ${isoOf(until_ms)} already.`);
  }
  return { from: isoOf(from_ms), until: isoOf(until_ms) };
}

/** An added run is as long as the one that it copies, at another time. */
function addedEnd({ what }: AskedOrder, [like]: readonly RunOf[], ends_ms: EpochMs): EpochMs {
  if (what.order !== "add" || !like) return ends_ms;
  const { run } = like;
  const first_s =
    run.start_time === undefined ? (run.trip.departure_s[0] ?? 0) : (secondsOf(run.start_time) ?? 0);
  return ends_ms + ((secondsOf(what.start_time) ?? 0) - first_s) * 1000;
}

function checkNear(at_ms: EpochMs, now_ms: EpochMs): void {
  if (!Number.isFinite(at_ms)) throw refused("ORDER_TIMES", "A time of the order is none.");
  if (at_ms < now_ms - BACK_MAX_MS)
    throw refused("ORDER_TIMES", "It is too late for that: a week back at most.");
  if (at_ms > now_ms + AHEAD_MAX_MS) throw refused("ORDER_TIMES", "That is more than a year ahead.");
}

/** What two vehicles exchange: what people gave them, else what they are seen to drive. */
function swapOf(
  what: What,
  { timetables, findDriven }: Situation,
  standing: readonly Standing[],
  from_ms: EpochMs,
): Pick<Order, "takes" | "gives"> {
  if (what.order !== "swap") return {};
  const { vehicle_id, with_vehicle_id } = what;
  if (vehicle_id === with_vehicle_id) {
    throw refused("ORDER_SAME_VEHICLE", `Vehicle ${vehicle_id} cannot be swapped with itself.`);
  }
  const orders = inForce(standing, timetables);
  const ofVehicle = (id: string): Duty[] => {
    const given = orders.listDuties(id, from_ms);
    const driven = given.length > 0 ? undefined : findDriven(id);
    return driven ? [driven] : [...given];
  };
  const [gives, takes] = [ofVehicle(vehicle_id), ofVehicle(with_vehicle_id)];
  if (gives.length === 0 && takes.length === 0) {
    const message = `Neither ${vehicle_id} nor ${with_vehicle_id} is known to drive anything; assign each of them instead.`;
    throw refused("ORDER_NOTHING_TO_SWAP", message);
  }
  return { gives, takes };
}

/** What contradicts an order that stands. */
function refuseTwice(
  order: Omit<Order, "id">,
  found: readonly RunOf[],
  situation: Situation,
  standing: readonly Standing[],
): void {
  const { what } = order;
  const from_ms = Date.parse(order.from);
  const until_ms = order.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(order.until);
  const others = standing.filter((each) => each.from_ms < until_ms && from_ms < each.until_ms);
  if (what.order === "assign") refuseTaken(what.vehicle_id, found, from_ms, situation, others);
  const same = others.find(
    (each) => sameness(each.what) !== undefined && sameness(each.what) === sameness(what),
  );
  if (same) {
    const { id, by, at } = same.order;
    throw refused(
      "ORDER_TWICE",
      `That is ordered already: order ${id} by ${by} at ${at}. Undo it first to change it.`,
    );
  }
}

/** Equal for two orders that say the same; undefined for kinds that may be said twice. */
function sameness(what: What): string | undefined {
  if (what.order === "cancel") return JSON.stringify(["cancel", ...namesOf(what.run)]);
  if (what.order === "add") return JSON.stringify(["add", ...namesOf(what.like), what.start_time]);
  if (what.order === "close-stop") return JSON.stringify(["close-stop", what.feed ?? "", what.stop_id]);
  if (what.order !== "detour") return undefined;
  return JSON.stringify(["detour", what.feed ?? "", what.route_id, what.from_stop_id, what.to_stop_id]);
}

function namesOf({ feed = "", service_date, trip_id, start_time = "" }: RunName): readonly string[] {
  return [feed, service_date, trip_id, start_time];
}

/** One vehicle drives one run at a time, and a run has one vehicle. */
function refuseTaken(
  vehicle_id: string,
  wanted: readonly RunOf[],
  from_ms: EpochMs,
  { timetables, now_ms }: Situation,
  others: readonly Standing[],
): void {
  const orders = inForce(others, timetables);
  const at_ms = Math.max(from_ms, now_ms);
  const vehicles = new Set(
    others.filter((each) => isInForce(each, at_ms) || each.from_ms > at_ms).flatMap(vehiclesOf),
  );
  for (const other of vehicles) {
    const given = orders.listDuties(other, at_ms).flatMap(orders.listRunsOf);
    const clash = given.find(({ run }) =>
      wanted.some((each) => (other === vehicle_id ? overlaps(each, run) : each.run === run)),
    );
    if (!clash) continue;
    const name = `trip ${clash.run.trip.trip_id} on ${clash.run.service_date}`;
    const by = others.findLast((each) => vehiclesOf(each).includes(other))?.order.id;
    const message =
      other === vehicle_id
        ? `Vehicle ${vehicle_id} has ${name} at that time by order ${by}. Undo that one first.`
        : `Vehicle ${other} has ${name} by order ${by}. Undo that one first, or swap the two.`;
    throw refused("ORDER_TAKEN", message);
  }
}

function overlaps(one: RunOf, run: RunOf["run"]): boolean {
  return startOf(one.run) < endOf(run) && startOf(run) < endOf(one.run);
}
