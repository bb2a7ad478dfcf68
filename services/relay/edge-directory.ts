import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { type EdgeName, edgeId, type Peer } from "./identity.ts";

const KIND = "edge";
/** A revocation takes effect within this time plus that of one request. */
const FRESH_MS = 20_000;

/** What a region knows of an edge. Kept in Records, kind `edge`, by tenant and edge. */
const EdgeRow = Type.Object({
  tenant: Type.String(),
  edge: Type.String(),
  sources: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
    description:
      "Sources that are this edge's to speak for, as `camera/yard-1`; `camera/north-*` means all that begin so.",
  }),
  media_origin: Type.Optional(
    Type.String({ description: "Where its recordings are fetched, as https://10.8.0.2:8444." }),
  ),
  revoked: Type.Optional(Type.Boolean({ description: "Nothing is taken from it any more." })),
  revoked_serials: Type.Optional(
    Type.Array(Type.String(), { description: "Of certificates that were lost, in upper-case hex." }),
  ),
});
export type EdgeEntry = Static<typeof EdgeRow>;

export type EdgeDirectory = {
  /** @throws AppError those of Records (retryable): who cannot be looked up is not let in. */
  find(name: EdgeName): Promise<EdgeEntry | undefined>;
  /** The edge that speaks for a source. */
  findBySource(tenant: string, source: string): Promise<EdgeEntry | undefined>;
};

/** Reads the list of edges again once it is older than `FRESH_MS`. */
export function openEdgeDirectory(records: Pick<Records, "list">, clock: Clock): EdgeDirectory {
  let read: { readonly entries: Promise<readonly EdgeEntry[]>; readonly at_ms: number } | undefined;

  function list(): Promise<readonly EdgeEntry[]> {
    const now_ms = clock.monotonic_ms();
    if (read && now_ms - read.at_ms < FRESH_MS) return read.entries;
    const asked = { entries: listEdges(records), at_ms: now_ms };
    read = asked;
    asked.entries.catch(() => {
      if (read === asked) read = undefined;
    });
    return asked.entries;
  }

  return {
    async find(name) {
      return (await list()).find((entry) => edgeId(entry) === edgeId(name));
    },
    async findBySource(tenant, source) {
      return (await list()).find((entry) => entry.tenant === tenant && speaksFor(entry, source));
    },
  };
}

/** Every edge that is registered, revoked ones too. */
export async function listEdges(records: Pick<Records, "list">): Promise<readonly EdgeEntry[]> {
  return (await records.list(KIND)).flatMap(({ value }) => (Value.Check(EdgeRow, value) ? [value] : []));
}

/**
 * Registers an edge, or changes its entry.
 * @throws AppError `EDGE_INVALID`; `SOURCE_TAKEN` when another edge of the tenant speaks for one of the sources already; those of Records.
 */
export async function writeEdge(records: Pick<Records, "list" | "write">, entry: EdgeEntry): Promise<void> {
  if (!Value.Check(EdgeRow, entry))
    throw new AppError("EDGE_INVALID", "This entry of an edge is incomplete.");
  const others = (await listEdges(records)).filter(
    (other) => other.tenant === entry.tenant && other.edge !== entry.edge,
  );
  for (const other of others) {
    const shared = entry.sources.find((source) => other.sources.some((theirs) => overlap(source, theirs)));
    if (shared === undefined) continue;
    const message = `Edge "${other.edge}" speaks for ${shared} already; a source belongs to one edge.`;
    throw new AppError("SOURCE_TAKEN", message);
  }
  await records.write([{ kind: KIND, id: edgeId(entry), value: entry }]);
}

export function speaksFor({ sources }: EdgeEntry, source: string): boolean {
  return sources.some((own) => (own.endsWith("*") ? source.startsWith(own.slice(0, -1)) : own === source));
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map((source) => source.replace(/\*$/, "")) as [string, string];
  if (one !== a && other !== b) return a.startsWith(b) || b.startsWith(a);
  if (one !== a) return b.startsWith(a);
  return other !== b ? a.startsWith(b) : a === b;
}

/** Whether an edge, or the certificate that it shows, was taken out of service. */
export function isRevoked({ revoked, revoked_serials = [] }: EdgeEntry, { serial }: Peer): boolean {
  return revoked === true || revoked_serials.includes(serial);
}
