import { type ServiceDate, weekdayOf } from "./service-day.ts";

/** One line of calendar.txt. */
export type WeeklyService = {
  /** Monday to Sunday. */
  readonly weekdays: readonly boolean[];
  readonly start_date: ServiceDate;
  readonly end_date: ServiceDate;
};

/** Which services run on which day: calendar.txt with the exceptions of calendar_dates.txt. */
export class Calendar {
  readonly #weekly: ReadonlyMap<string, WeeklyService>;
  readonly #added: ReadonlyMap<ServiceDate, ReadonlySet<string>>;
  readonly #removed: ReadonlyMap<ServiceDate, ReadonlySet<string>>;

  constructor(
    weekly: ReadonlyMap<string, WeeklyService>,
    added: ReadonlyMap<ServiceDate, ReadonlySet<string>>,
    removed: ReadonlyMap<ServiceDate, ReadonlySet<string>>,
  ) {
    this.#weekly = weekly;
    this.#added = added;
    this.#removed = removed;
  }

  servicesOn(date: ServiceDate): ReadonlySet<string> {
    const weekday = weekdayOf(date);
    const services = new Set(this.#added.get(date));
    const removed = this.#removed.get(date);
    for (const [service_id, { weekdays, start_date, end_date }] of this.#weekly) {
      // YYYYMMDD compares as text.
      if (weekdays[weekday] && start_date <= date && date <= end_date && !removed?.has(service_id)) {
        services.add(service_id);
      }
    }
    return services;
  }
}
