import { Refusal } from "@yardline/api/problem";
import type { FastifyRequest } from "fastify";
import { getPeer } from "./door.ts";
import { type EdgeDirectory, type EdgeEntry, isRevoked } from "./edge-directory.ts";
import { edgeId } from "./identity.ts";

/** The edge that asks. @throws Refusal `EDGE_UNKNOWN`, `EDGE_REVOKED`; AppError of Records (retryable). */
export async function getRegisteredEdge(
  request: FastifyRequest,
  directory: EdgeDirectory,
): Promise<EdgeEntry> {
  const peer = getPeer(request);
  if (peer.who.role !== "edge") throw new Refusal(403, "ROLE_FOREIGN", "Only an edge has business here.");
  const entry = await directory.find(peer.who);
  if (!entry) {
    const message = `Edge ${edgeId(peer.who)} is not registered in this region.`;
    throw new Refusal(403, "EDGE_UNKNOWN", message);
  }
  if (isRevoked(entry, peer)) {
    const message = `Edge ${edgeId(peer.who)}, or the certificate it shows, was taken out of service.`;
    throw new Refusal(403, "EDGE_REVOKED", message);
  }
  return entry;
}
