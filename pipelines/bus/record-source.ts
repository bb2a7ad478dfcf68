/**
 * Whether a record is of a tenant. What an edge delivered is stamped `{tenant}/{edge}/{source}` by the region's receiver; a source
 * as `camera/yard-1` or `feed/buses` was published by a service of the tenant's own.
 */
export function isOfTenant(source: string, tenant: string): boolean {
  const [first, ...rest] = source.split("/");
  return rest.length < 2 || first === tenant;
}
