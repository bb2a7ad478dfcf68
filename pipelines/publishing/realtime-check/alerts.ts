import type { Selector } from "./message.ts";
import type { Plan } from "./plan.ts";
import { type Breach, breachesOf, type Look, type Rules } from "./rule.ts";

type Concerned = { readonly selector: Selector; readonly plan: Plan };

/** Whom an alert concerns. */
const SELECTOR: Rules<Concerned> = {
  E004: ({ selector: { routeId }, plan }) =>
    routeId !== undefined && !plan.route_ids.has(routeId) && `route_id ${routeId} is not in routes.txt`,
  E011: ({ selector: { stopId }, plan }) =>
    stopId !== undefined && !plan.stop_types.has(stopId) && `stop_id ${stopId} is not in stops.txt`,
  E030: ({ selector: { routeId, trip }, plan }) => {
    const planned = plan.trips.get(trip?.tripId ?? "")?.route_id;
    if (routeId === undefined || planned === undefined || planned === routeId) return undefined;
    return `trip ${trip?.tripId} is of route ${planned}, not ${routeId}`;
  },
  E031: ({ selector: { routeId, trip } }) =>
    routeId !== undefined &&
    trip?.routeId !== undefined &&
    trip.routeId !== routeId &&
    `route_id ${routeId} and trip.route_id ${trip.routeId} differ`,
  E033: ({ selector }) =>
    Object.values(selector).every((value) => value === undefined) && "an informed_entity says nothing",
  E034: ({ selector: { agencyId }, plan }) =>
    agencyId !== undefined && !plan.agency_ids.has(agencyId) && `agency_id ${agencyId} is not in agency.txt`,
};

const ALERT: Rules<readonly Selector[]> = {
  E032: (selectors) => selectors.length === 0 && "the alert concerns nobody",
};

/** E004, E011, E030 … E034 */
export function* checkAlerts({ message, plan }: Look): Iterable<Breach> {
  for (const { id, alert } of message.entity ?? []) {
    if (!alert) continue;
    const selectors = alert.informedEntity ?? [];
    yield* breachesOf(ALERT, id, selectors);
    for (const selector of selectors) yield* breachesOf(SELECTOR, id, { selector, plan });
  }
}
