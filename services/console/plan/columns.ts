import type { MessageKey } from "../messages/translate.ts";

/** How a figure is written; `measured`: as the row's own `measure` is. */
export type Figure =
  | "seconds"
  | "number"
  | "share"
  | "hour"
  | "line"
  | "stop"
  | "text"
  | "truth"
  | "measure"
  | "measured";

type Column = { readonly name: MessageKey; readonly figure: Figure };

const of = (name: MessageKey, figure: Figure): Column => ({ name, figure });

/** The columns of all reports. One that is not here is shown by its own name: another release may have added it. */
const COLUMNS: Readonly<Record<string, Column>> = {
  route_id: of("column.line", "line"),
  direction_id: of("column.direction", "number"),
  stop_id: of("column.stop", "stop"),
  next_stop_id: of("column.next-stop", "stop"),
  from_stop_id: of("column.from", "stop"),
  to_stop_id: of("column.to", "stop"),
  seen_to_stop_id: of("column.seen-to", "stop"),
  service_date: of("column.day", "text"),
  measure: of("column.measure", "measure"),
  hour: of("column.hour", "hour"),
  hour_from: of("column.hour-from", "hour"),
  hour_to: of("column.hour-to", "hour"),
  n: of("column.n", "number"),
  early: of("column.early", "share"),
  on_time: of("column.on-time", "share"),
  late: of("column.late", "share"),
  mean_delay_s: of("column.mean-delay", "seconds"),
  planned_headway_s: of("column.planned-headway", "seconds"),
  mean_headway_s: of("column.mean-headway", "seconds"),
  excess_wait_s: of("column.excess-wait", "seconds"),
  bunched: of("column.bunched", "share"),
  gaps: of("column.gaps", "share"),
  p10_s: of("column.p10", "seconds"),
  p50_s: of("column.p50", "seconds"),
  p90_s: of("column.p90", "seconds"),
  mean_s: of("column.mean", "seconds"),
  planned_s: of("column.planned", "seconds"),
  fixed_s: of("column.fixed", "seconds"),
  variable_s: of("column.variable", "seconds"),
  dwell_s: of("column.dwell", "seconds"),
  lost_s: of("column.lost", "seconds"),
  length_m: of("column.length", "number"),
  p85_kmh: of("column.p85-kmh", "number"),
  planned_trips: of("column.planned-trips", "number"),
  cancelled_trips: of("column.cancelled-trips", "number"),
  missed_trips: of("column.missed-trips", "number"),
  seen_trips: of("column.seen-trips", "number"),
  planned_calls: of("column.planned-calls", "number"),
  seen_calls: of("column.seen-calls", "number"),
  unseen_at_end: of("column.unseen-at-end", "number"),
  unseen: of("column.unseen", "truth"),
  complete: of("column.n", "number"),
  days: of("column.days", "number"),
  fraction: of("column.fraction", "share"),
  early_suggested: of("column.early-suggested", "share"),
  late_suggested: of("column.late-suggested", "share"),
  on_time_untried: of("column.on-time-untried", "share"),
  stops: of("column.stops", "text"),
  p50_kmh: of("column.p50-kmh", "number"),
  low: of("column.low", "measured"),
  high: of("column.high", "measured"),
  days_before: of("column.days-before", "number"),
  days_after: of("column.days-after", "number"),
  n_before: of("column.n-before", "number"),
  n_after: of("column.n-after", "number"),
  before: of("column.before", "measured"),
  after: of("column.after", "measured"),
  change: of("column.change", "measured"),
  suggested_s: of("column.suggested", "seconds"),
  recovery_s: of("column.recovery", "seconds"),
  on_time_now: of("column.on-time-now", "share"),
  on_time_suggested: of("column.on-time-suggested", "share"),
  better: of("column.better", "truth"),
};

/** What `comparison` measures. */
export const MEASURES: Readonly<Record<string, MessageKey>> = {
  on_time: "measure.on-time",
  departure_delay_s: "measure.departure-delay",
  dwell_s: "measure.dwell",
  headway_s: "measure.headway",
};

export function findColumn(name: string): Column | undefined {
  return COLUMNS[name];
}

/** Which columns a table has: those of all rows, in their order; the timetable's own name only where there are several. */
export function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const feeds = new Set(rows.map((row) => row["feed"]));
  return names.filter((name) => name !== "feed" || feeds.size > 1);
}

/** Minutes and seconds, as 4:05; with a sign where it is negative. */
export function minutesText(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return seconds < 0 && whole > 0 ? `−${text}` : text;
}
