import type { ReportRow } from "../api/types.ts";

/**
 * The hops of one direction of one line from its first stop to its last, where the rows are of no other; undefined where they
 * are of several, or of each hour by itself. Hops that jump over stops have no planned time, and are left out.
 */
export function hopsInOrder(rows: readonly ReportRow[]): readonly ReportRow[] | undefined {
  const ways = new Set(
    rows.map(({ feed, route_id, direction_id }) => `${feed}\t${route_id}\t${direction_id}`),
  );
  const hops = rows.filter(({ planned_s }) => planned_s !== undefined && planned_s !== null);
  const fromOf = new Map(hops.map((hop) => [hop["stop_id"], hop]));
  // Two hops out of one stop are two ways, or two hours.
  if (ways.size !== 1 || hops.length === 0 || fromOf.size !== hops.length) return undefined;
  const reached = new Set(hops.map((hop) => hop["next_stop_id"]));
  const starts = hops.filter((hop) => !reached.has(hop["stop_id"]));
  const ordered: ReportRow[] = [];
  // A circle has no beginning: any of its stops does.
  for (const start of starts.length > 0 ? starts : hops.slice(0, 1)) {
    for (let hop: ReportRow | undefined = start; hop && ordered.length < hops.length; ) {
      ordered.push(hop);
      const next: ReportRow | undefined = fromOf.get(hop["next_stop_id"]);
      hop = next && !ordered.includes(next) ? next : undefined;
    }
  }
  return ordered;
}
