import { type ServiceDate, weekdayOf } from "./service-day.ts";

/** One line of calendar.txt. */
export type WeeklyService = {
  /** Monday to Sunday. */
  readonly weekdays: readonly boolean[];
  readonly start_date: ServiceDate;
  readonly end_date: ServiceDate;
};

/** calendar.txt and calendar_dates.txt as they stand. */
export type CalendarTables = {
  readonly weekly: ReadonlyMap<string, WeeklyService>;
  readonly added: ReadonlyMap<ServiceDate, ReadonlySet<string>>;
  readonly removed: ReadonlyMap<ServiceDate, ReadonlySet<string>>;
};

/** Which services run on which day: calendar.txt with the exceptions of calendar_dates.txt. */
export class Calendar {
  readonly #tables: CalendarTables;

  constructor(tables: CalendarTables) {
    this.#tables = tables;
  }

  /** The first and the last day that it speaks of; of no day, a span that ends before it begins. */
  get span(): { readonly first: ServiceDate; readonly last: ServiceDate } {
    const weekly = [...this.#tables.weekly.values()];
    const added = [...this.#tables.added.keys()];
    // YYYYMMDD compares as text.
    const firsts = [...weekly.map(({ start_date }) => start_date), ...added].sort();
    const lasts = [...weekly.map(({ end_date }) => end_date), ...added].sort();
    return { first: firsts[0] ?? "99991231", last: lasts.at(-1) ?? "00000101" };
  }

  servicesOn(date: ServiceDate): ReadonlySet<string> {
    const { weekly, added, removed } = this.#tables;
    const weekday = weekdayOf(date);
    const services = new Set(added.get(date));
    const gone = removed.get(date);
    for (const [service_id, { weekdays, start_date, end_date }] of weekly) {
      if (weekdays[weekday] && start_date <= date && date <= end_date && !gone?.has(service_id)) {
        services.add(service_id);
      }
    }
    return services;
  }
}
