import { CATALOGUE } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import type { Person } from "@yardline/identity/accounts";
import { type Condition, holds } from "@yardline/index/condition";
import { type CameraPlace, type Holder, isAllowed, isWithin, reachOf } from "@yardline/permission/decide";
import { RIGHTS, type Right } from "@yardline/permission/rights";

/** Who asks, and what they may. `person` is absent for residents, and where the doors are open. */
export type Visitor = Holder & { readonly person?: Person };

const TRANSIT_TYPES = CATALOGUE.flatMap(({ type }) => (type.startsWith("transit.") ? type : []));

/** Of the invented town, whose pictures show nobody, everybody may see everything. */
export function everybody(tenant: string): Visitor {
  return { grants: [{ tenant, role: "dispatcher", also: [...RIGHTS] }] };
}

export function mayAny(visitor: Visitor, rights: readonly Right[], tenant: string): boolean {
  return rights.some((right) => isAllowed(visitor, { right, tenant }));
}

/** The events that somebody may know of, as a condition: what is not theirs is not even counted. */
export function visibleTo(
  visitor: Visitor,
  right: "live" | "archive",
  { tenant, cameras }: { readonly tenant: string; readonly cameras: readonly CameraPlace[] },
): Condition {
  const own: Condition = { op: "is", field: "tenant", values: [tenant] };
  const ofBuses: Condition = { op: "is", field: "type", values: TRANSIT_TYPES };
  const hasTransit = isAllowed(visitor, { right: "transit", tenant });
  const reach = reachOf(visitor, right, tenant);
  if (reach === "all") {
    return hasTransit ? own : { op: "all", of: [own, { op: "not", of: ofBuses }] };
  }
  const theirs = reach ? cameras.filter((camera) => isWithin(reach, camera)) : [];
  const some: Condition[] = [
    ...(hasTransit ? [ofBuses] : []),
    ...(theirs.length > 0
      ? [{ op: "is", field: "source", values: theirs.map(({ id }) => `camera/${id}`) } as const]
      : []),
  ];
  return { op: "all", of: [own, { op: "any", of: some }] };
}

/** Whether one event is among them. */
export function maySee(event: YardlineEvent, ...asked: Parameters<typeof visibleTo>): boolean {
  return holds(visibleTo(...asked), event);
}
