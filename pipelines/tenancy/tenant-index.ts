import type { Condition } from "@yardline/index/condition";
import type { EventIndex, EventQuery } from "@yardline/index/event-index";

/**
 * One tenant's events of a shared index, whatever is asked: every question holds among its own alone, and another's occurrence is not
 * there. It takes no other's events, drops no periods and fades nothing, which is done for everybody at once, and closing it leaves the shared one open.
 */
export function tenantIndex(shared: EventIndex, tenant: string): EventIndex {
  const own: Condition = { op: "is", field: "tenant", values: [tenant] };
  const within = (query: EventQuery): EventQuery => ({
    ...query,
    where: query.where ? { op: "all", of: [own, query.where] } : own,
  });
  async function get(occurrence: string) {
    const event = await shared.get(occurrence);
    return event?.tenant === tenant ? event : undefined;
  }
  return {
    get,
    refresh: () => shared.refresh(),
    search: (query, page) => shared.search(within(query), page),
    count: (query) => shared.count(within(query)),
    histogram: (query, cut) => shared.histogram(within(query), cut),
    async put(events) {
      const results = await shared.put(events.filter((event) => event.tenant === tenant));
      const taken = results.values();
      return events.map((event) =>
        event.tenant === tenant ? (taken.next().value ?? "kept") : { refused: "It is another tenant's." },
      );
    },
    async scan(page) {
      const { events, ...rest } = await shared.scan(page);
      return { ...rest, events: events.filter((event) => event.tenant === tenant) };
    },
    async erase(occurrences) {
      const found = await Promise.all(occurrences.map(get));
      await shared.erase(found.flatMap((event) => event?.occurrence ?? []));
    },
    fade: async () => 0,
    expire: async () => [],
    close: async () => undefined,
  };
}
