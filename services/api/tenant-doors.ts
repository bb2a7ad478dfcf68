import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { FastifyInstance } from "fastify";
import { type Identify, shareTokenOf } from "./identify.ts";
import type { Parts } from "./parts.ts";

/** `/of/kaminka/v1/lines`: the doors of one town by name, for residents, and for whoever works in several. */
const OF_TENANT = /^\/of\/([a-z0-9-]{1,63})(\/.*)$/;

type Region = {
  /** The region's own doors, the only ones that listen. */
  readonly own: FastifyInstance;
  /** The doors of each tenant, built on its own view of the stores and not listening. */
  readonly doors: ReadonlyMap<string, FastifyInstance>;
  readonly identify: Identify;
} & Pick<Parts, "shares" | "clock">;

/**
 * Doors of several tenants behind one listener. Each has an app of its own, with its own caches, streams, queues and counters on its own
 * view of the stores, so that a route cannot mix two up: it never knows of more than one. Whose doors a request comes to is said by
 * the account behind it. To name a tenant in the address only chooses the doors; there, too, its grants decide what they open.
 */
export async function openTenantDoors(region: Region): Promise<void> {
  const { own, doors } = region;
  own.addHook("preClose", async () => {
    await Promise.all([...doors.values()].map((app) => app.close()));
  });
  await Promise.all([own, ...doors.values()].map((app) => app.ready()));
  // Routing comes before anything of a request is read: the apps find it as if it had come to them alone.
  own.server.removeAllListeners("request");
  own.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    void findDoors(region, request).then((app) => app.routing(request, response));
  });
}

async function findDoors(region: Region, request: IncomingMessage): Promise<FastifyInstance> {
  const { own, doors } = region;
  const [, named, rest] = OF_TENANT.exec(request.url ?? "") ?? [];
  const app = named === undefined ? undefined : doors.get(named);
  if (app && rest !== undefined) {
    request.url = rest;
    return app;
  }
  // Whoever cannot be looked up now is told so by the region's own doors.
  const homes = await homesOf(region, request).catch(() => []);
  return homes.flatMap((tenant) => doors.get(tenant) ?? [])[0] ?? own;
}

/** The tenants that somebody is of, the first one first. */
async function homesOf(
  { identify, shares, clock }: Region,
  { headers, socket }: IncomingMessage,
): Promise<readonly string[]> {
  // Most of who knocks are residents and did not say who they are.
  if (headers.authorization === undefined && headers.cookie === undefined) return [];
  const protocol = socket instanceof TLSSocket ? "https" : "http";
  const token = shareTokenOf(headers);
  if (token !== undefined) {
    const share = await shares?.find(token, clock.now_ms());
    return share ? [share.from.tenant] : [];
  }
  return (await identify({ headers, protocol })).grants.map(({ tenant }) => tenant);
}
