import type { Grant } from "./grant.ts";
import { RIGHTS_OF, type Right } from "./rights.ts";

/** A camera as far as permission goes. */
export type CameraPlace = { readonly id: string; readonly district?: string };

/** What is to be done with what; `camera` for everything that came out of one. */
export type Asked = { readonly right: Right; readonly tenant: string; readonly camera?: CameraPlace };

/** The cameras of a tenant that a right reaches: all of them, or those named by themselves or by their district. */
export type Reach =
  | "all"
  | { readonly cameras: ReadonlySet<string>; readonly districts: ReadonlySet<string> };

/** Whoever asks, as far as permission goes. `only`: a token that was made for less than its owner may. */
export type Holder = { readonly grants: readonly Grant[]; readonly only?: readonly Right[] };

/** A resident, or whoever did not say who they are. */
export const NOBODY: Holder = { grants: [] };

/** The one place that decides. Nobody is refused everything that needs a right. */
export function isAllowed(holder: Holder, { right, tenant, camera }: Asked): boolean {
  const reach = reachOf(holder, right, tenant);
  return reach !== undefined && (camera === undefined || isWithin(reach, camera));
}

/** How far a right reaches among a tenant's cameras; undefined where it is not given at all. */
export function reachOf({ grants, only }: Holder, right: Right, tenant: string): Reach | undefined {
  if (only && !only.includes(right)) return undefined;
  const given = grants.filter((grant) => grant.tenant === tenant && gives(grant, right));
  if (given.length === 0) return undefined;
  if (given.some(({ cameras, districts }) => !cameras && !districts)) return "all";
  return {
    cameras: new Set(given.flatMap(({ cameras }) => cameras ?? [])),
    districts: new Set(given.flatMap(({ districts }) => districts ?? [])),
  };
}

export function isWithin(reach: Reach, { id, district }: CameraPlace): boolean {
  if (reach === "all") return true;
  return reach.cameras.has(id) || (district !== undefined && reach.districts.has(district));
}

function gives({ role, also = [] }: Grant, right: Right): boolean {
  return RIGHTS_OF[role].includes(right) || also.includes(right);
}
