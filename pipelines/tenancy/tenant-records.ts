import type { Change, Records, Row } from "@yardline/records/records";

/**
 * One tenant's rows of shared Records: each kind is kept under the tenant's name, so that whatever is asked of it, or written, is the
 * tenant's own. Closing it leaves the shared ones open.
 */
export function tenantRecords(shared: Records, tenant: string): Records {
  // No tenant's name has a slash, and so no kind is two tenants'.
  const prefix = `${tenant}/`;
  const kept = (kind: string) => prefix + kind;
  const own = (row: Row): Row => ({ ...row, kind: row.kind.slice(prefix.length) });
  return {
    async find(kind, id) {
      const row = await shared.find(kept(kind), id);
      return row && own(row);
    },
    findAll: async (kind, ids) => (await shared.findAll(kept(kind), ids)).map(own),
    list: async (kind) => (await shared.list(kept(kind))).map(own),
    write: (changes) =>
      shared.write(changes.map((change): Change => ({ ...change, kind: kept(change.kind) }))),
    dropBefore: (kind, id) => shared.dropBefore(kept(kind), id),
    close: async () => undefined,
  };
}
