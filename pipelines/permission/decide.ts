import { type Agreement, concernsPictures, givesTown, type Occasion } from "./agreement.ts";
import type { Grant } from "./grant.ts";
import { RIGHTS_OF, type Right } from "./rights.ts";

/** A camera as far as permission goes. `partner`: it is not the town's. */
export type CameraPlace = { readonly id: string; readonly district?: string; readonly partner?: Agreement };

/** What is to be done with what; `camera` for everything that came out of one, `occasion` for why. */
export type Asked = {
  readonly right: Right;
  readonly tenant: string;
  readonly camera?: CameraPlace;
  readonly occasion?: Occasion;
};

type Some = { readonly cameras: ReadonlySet<string>; readonly districts: ReadonlySet<string> };

/**
 * The cameras of a tenant that a right reaches: all of the tenant's own, or those named by themselves or by their district; and
 * those of partners whose people somebody is among.
 */
export type Reach =
  | "all"
  | (Some & { readonly all?: true; readonly partners: ReadonlyMap<string, "all" | Some> });

/** Whoever asks, as far as permission goes. `only`: a token that was made for less than its owner may. */
export type Holder = { readonly grants: readonly Grant[]; readonly only?: readonly Right[] };

/** A resident, or whoever did not say who they are. */
export const NOBODY: Holder = { grants: [] };

/** The one place that decides. Nobody is refused everything that needs a right. */
export function isAllowed(holder: Holder, { right, tenant, camera, occasion }: Asked): boolean {
  const reach = reachOf(holder, right, tenant);
  if (reach === undefined || camera === undefined) return reach !== undefined;
  if (isWithin(reach, camera)) return true;
  const { partner } = camera;
  return partner !== undefined && isTowns(reach, camera) && givesTown(partner, right, occasion);
}

/** How far a right reaches among a tenant's cameras; undefined where it is not given at all. */
export function reachOf({ grants, only }: Holder, right: Right, tenant: string): Reach | undefined {
  if (only && !only.includes(right)) return undefined;
  const given = grants.filter((grant) => grant.tenant === tenant && gives(grant, right));
  if (given.length === 0) return undefined;
  const towns = given.filter(({ partner }) => partner === undefined);
  const isAll = towns.some(isWhole);
  const partners = Map.groupBy(given, ({ partner }) => partner);
  partners.delete(undefined);
  if (isAll && partners.size === 0) return "all";
  return {
    ...(isAll && { all: true }),
    ...namedIn(towns),
    partners: new Map(
      [...partners].map(([partner, of]) => [partner ?? "", of.some(isWhole) ? "all" : namedIn(of)]),
    ),
  };
}

/** Whether a camera is somebody's without any occasion: one of the town's in reach, or a partner's for the partner's own people. */
export function isWithin(reach: Reach, camera: CameraPlace): boolean {
  const { partner } = camera;
  if (!partner) return isTowns(reach, camera);
  const theirs = reach === "all" ? undefined : reach.partners.get(partner.id);
  return theirs !== undefined && (theirs === "all" || isNamed(theirs, camera));
}

/** Whether a camera is where the town's own people have the right: then an agreement may give it to them. */
export function isTowns(reach: Reach, camera: CameraPlace): boolean {
  return reach === "all" || reach.all === true || isNamed(reach, camera);
}

function isNamed({ cameras, districts }: Some, { id, district }: CameraPlace): boolean {
  return cameras.has(id) || (district !== undefined && districts.has(district));
}

function isWhole({ cameras, districts }: Grant): boolean {
  return !cameras && !districts;
}

function namedIn(grants: readonly Grant[]): Some {
  return {
    cameras: new Set(grants.flatMap(({ cameras }) => cameras ?? [])),
    districts: new Set(grants.flatMap(({ districts }) => districts ?? [])),
  };
}

/** A partner's people get pictures of the partner's cameras, and nothing else of the town's. */
function gives({ role, also = [], partner }: Grant, right: Right): boolean {
  if (partner !== undefined && !concernsPictures(right)) return false;
  return RIGHTS_OF[role].includes(right) || also.includes(right);
}
