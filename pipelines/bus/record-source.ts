/**
 * Whether a record is of a tenant. What an edge delivered is stamped `{tenant}/{edge}/{source}` by the region's receiver; a source
 * as `camera/yard-1` or `feed/buses` was published by a service of the tenant's own.
 */
export function isOfTenant(source: string, tenant: string): boolean {
  const [first, ...rest] = source.split("/");
  return rest.length < 2 || first === tenant;
}

/** Whether a record was delivered by an edge of the tenant: in a region that several share, what bears no stamp is nobody's but the region's. */
export function isStampedFor(source: string, tenant: string): boolean {
  return isOfTenant(source, tenant) && !isOfTenant(source, `${tenant}/`);
}
