import { NOBODY } from "@yardline/audit/entry";
import type { EpochMs } from "@yardline/domain/time";
import { CATALOGUE } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import type { Person } from "@yardline/identity/account";
import { type Condition, holds } from "@yardline/index/condition";
import { givesTown } from "@yardline/permission/agreement";
import {
  type CameraPlace,
  type Holder,
  isAllowed,
  isTowns,
  isWithin,
  type Reach,
  reachOf,
} from "@yardline/permission/decide";
import { RIGHTS, type Right } from "@yardline/permission/rights";
import type { ShareNote } from "@yardline/tenancy/shares";

/** Who asks, and what they may. `person` is absent for residents, and where the doors are open; `share`: a neighbour's box; `token_id`: which token. */
export type Visitor = Holder & {
  readonly person?: Person;
  readonly share?: ShareNote;
  readonly token_id?: string;
};

/** As the audit log, and whatever is kept beside it, names whoever asks. */
export function nameOf({ person }: Visitor): string {
  return person?.login ?? NOBODY;
}

const TRANSIT_TYPES = CATALOGUE.flatMap(({ type }) => (type.startsWith("transit.") ? type : []));
const OF_BUSES: Condition = { op: "is", field: "type", values: TRANSIT_TYPES };
const IS_ALARM: Condition = { op: "is", field: "severity", values: ["alarm"] };

/** Of the invented town, whose pictures show nobody, everybody may see everything. */
export function everybody(tenant: string): Visitor {
  return { grants: [{ tenant, role: "dispatcher", also: [...RIGHTS] }] };
}

export function mayAny(visitor: Visitor, rights: readonly Right[], tenant: string): boolean {
  return rights.some((right) => isAllowed(visitor, { right, tenant }));
}

/** What is known of a tenant's cameras when somebody asks. Without `now_ms` partners' agreements give nothing. */
export type Known = {
  readonly tenant: string;
  readonly cameras: readonly CameraPlace[];
  readonly now_ms?: EpochMs;
};

/** The events that somebody may know of, as a condition: what is not theirs is not even counted. */
export function visibleTo(visitor: Visitor, right: "live" | "archive", known: Known): Condition {
  const { tenant, cameras } = known;
  const own: Condition = { op: "is", field: "tenant", values: [tenant] };
  const hasTransit = isAllowed(visitor, { right: "transit", tenant });
  const reach = reachOf(visitor, right, tenant);
  const theirs = reach ? cameras.filter((camera) => isWithin(reach, camera)) : [];
  const alarms = reach ? alarmsFor(reach, known) : [];
  if (reach === "all" || reach?.all) {
    const hidden = cameras.filter((camera) => !isWithin(reach, camera));
    const shown: Condition = { op: "any", of: [{ op: "not", of: fromAny(hidden) }, ...alarms] };
    const noBuses: Condition = { op: "not", of: OF_BUSES };
    return { op: "all", of: [own, ...(hasTransit ? [] : [noBuses]), ...(hidden.length > 0 ? [shown] : [])] };
  }
  const some = [
    ...(hasTransit ? [OF_BUSES] : []),
    ...(theirs.length > 0 ? [fromAny(theirs)] : []),
    ...alarms,
  ];
  return { op: "all", of: [own, { op: "any", of: some }] };
}

/** What partners' cameras raised and their controllers let the town's people know of. */
function alarmsFor(reach: Reach, { cameras, now_ms }: Known): readonly Condition[] {
  if (now_ms === undefined) return [];
  const told = cameras.filter(
    (camera) =>
      camera.partner &&
      isTowns(reach, camera) &&
      !isWithin(reach, camera) &&
      givesTown(camera.partner, "live", { now_ms, alarm: true }),
  );
  return told.length === 0 ? [] : [{ op: "all", of: [fromAny(told), IS_ALARM] }];
}

function fromAny(cameras: readonly CameraPlace[]): Condition {
  return { op: "is", field: "source", values: cameras.map(({ id }) => `camera/${id}`) };
}

/** Whether one event is among them. */
export function maySee(event: YardlineEvent, ...asked: Parameters<typeof visibleTo>): boolean {
  return holds(visibleTo(...asked), event);
}
