import type { AuditLogPage } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";

export type LogEntry = AuditLogPage["entries"][number];
export type Action = LogEntry["action"];

export const ACTION_NAMES: Readonly<Record<Action, MessageKey>> = {
  look: "deed.look",
  search: "deed.search",
  live: "deed.live",
  export: "deed.export",
  unmask: "deed.unmask",
  hold: "deed.hold",
  release: "deed.release",
  delete: "deed.delete",
  pause: "deed.pause",
  configure: "deed.configure",
  "sign-in": "deed.signin",
  people: "deed.people",
  incident: "deed.incident",
  shift: "deed.shift",
  evidence: "deed.evidence",
  request: "deed.request",
  share: "deed.share",
  audit: "deed.audit",
  log: "deed.log",
};

/** What a log is asked for; the address holds all of it. Days are the town's own, both inclusive. */
export const LOG_FIELDS = ["who", "action", "object_kind", "object_id", "incident", "from", "to"] as const;
export type LogField = (typeof LOG_FIELDS)[number];
export type LogView = Readonly<Partial<Record<LogField, string>>>;

export function parseLog(search: string): LogView {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    LOG_FIELDS.flatMap((field) => {
      const value = params.get(field)?.trim();
      return value && isMeant(field, value) ? [[field, value]] : [];
    }),
  );
}

export function formatLog(view: LogView): string {
  const params = new URLSearchParams();
  for (const field of LOG_FIELDS) {
    const value = view[field];
    if (value) params.set(field, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}

/** The question to the API. @param instantOf when a day of the town begins, ISO date in, instant out. */
export function logQuery(
  view: LogView,
  instantOf: (day: string, more_days: number) => string,
  cursor?: string,
): string {
  const params = new URLSearchParams();
  for (const field of LOG_FIELDS) {
    const value = view[field];
    if (!value) continue;
    if (field === "from") params.set(field, instantOf(value, 0));
    else if (field === "to") params.set(field, instantOf(value, 1));
    else params.set(field, value);
  }
  if (cursor !== undefined) params.set("cursor", cursor);
  return params.size === 0 ? "" : `?${params}`;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

function isMeant(field: LogField, value: string): boolean {
  if (field === "from" || field === "to") return DAY.test(value) && Number.isFinite(Date.parse(value));
  if (field === "action") return Object.hasOwn(ACTION_NAMES, value);
  return value.length <= 200;
}

/** When a day begins in a zone, some days later: what its clocks said a day before noon may be 23 or 25 hours ago. */
export function dayBegin(day: string, more_days: number, timezone: string): string {
  const noon_ms = Date.parse(`${day}T12:00:00Z`) + more_days * 86_400_000;
  const wanted = new Date(noon_ms).toISOString().slice(0, 10);
  const midnight_ms = Date.parse(`${wanted}T00:00:00Z`);
  // The zone's distance from UTC, told twice: the first guess may lie on the other side of a change of clocks.
  const first = midnight_ms - aheadOf(midnight_ms, timezone);
  return new Date(midnight_ms - aheadOf(first, timezone)).toISOString();
}

function aheadOf(at_ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  }).formatToParts(at_ms);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "00";
  const there = `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}:${of("second")}Z`;
  return Date.parse(there) - at_ms;
}

/** The details of an entry, one a line, as they were written. */
export function detailsOf({ details = {} }: LogEntry): readonly string[] {
  return Object.entries(details).map(([name, value]) => `${name}: ${value}`);
}
