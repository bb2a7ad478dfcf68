import type { Grant } from "@yardline/permission/grant";

/** From the top down. Districts and settlements stand in a hromada's settings: they have no data of their own. */
export const LEVELS = ["operator", "region", "hromada"] as const;
export type Level = (typeof LEVELS)[number];

/** `within`: the id of the tenant above. */
export type Tenant = {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  readonly within?: string;
};

/** What of the tree is well-formed and yet cannot be meant, by the place in the list. */
export function treeProblems(
  tenants: readonly Tenant[],
): readonly { readonly at: number; readonly message: string }[] {
  return tenants.flatMap(({ id, level, within }, at) => {
    const say = (message: string) => [{ at, message: `tenant "${id}" ${message}` }];
    if (tenants.findIndex((other) => other.id === id) !== at) return say("is there twice");
    if (within === undefined) return [];
    const above = tenants.find((other) => other.id === within);
    if (!above) return say(`is within "${within}", which is not there`);
    // Levels only grow downwards, so there is no circle either.
    if (LEVELS.indexOf(above.level) < LEVELS.indexOf(level)) return [];
    return say(`is a ${level} and cannot be within "${within}", a ${above.level}`);
  });
}

/** Those that a tenant is within, the nearest first. */
export function tenantsAbove(tenants: readonly Tenant[], id: string): readonly string[] {
  const above: string[] = [];
  for (let at = id; above.length < LEVELS.length; ) {
    const next = tenants.find((tenant) => tenant.id === at)?.within;
    if (next === undefined) break;
    above.push(next);
    at = next;
  }
  return above;
}

/**
 * Whether somebody who gives rights in `by` may give this one. Within their own tenant any; in one below only that of its
 * administrator, who sees no picture and appoints the others: so that a region can begin a hromada, and not look into it.
 */
export function mayAppoint(tenants: readonly Tenant[], by: string, grant: Grant): boolean {
  if (grant.tenant === by) return true;
  const isPlain = grant.role === "administrator" && !grant.also?.length && grant.partner === undefined;
  return isPlain && tenantsAbove(tenants, grant.tenant).includes(by);
}
