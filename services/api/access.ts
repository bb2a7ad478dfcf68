import { NOBODY } from "@yardline/permission/decide";
import type { Right } from "@yardline/permission/rights";
import type { FastifyInstance, RouteOptions } from "fastify";
import type { Identify } from "./identify.ts";
import type { Parts } from "./parts.ts";
import { Refusal } from "./problem.ts";
import type { Charge } from "./rate-limit.ts";
import { mayAny, type Visitor } from "./visitor.ts";

/** Who may ask a route at all: anybody, a neighbour's box with its token, or whoever has one of these rights. What they then see of it is decided object by object. */
export type Access = "public" | "share" | readonly [Right, ...Right[]];

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route says it; one that does not keeps the doors from opening. */
    access?: Access;
  }
  interface FastifyRequest {
    visitor: Visitor;
  }
}

/**
 * Finds out who asks, and refuses whoever may not ask this route, or asks too much. Doors with a route that names no access never open.
 */
export function guardAccess(
  app: FastifyInstance,
  identify: Identify,
  { town }: Pick<Parts, "town">,
  charge: Charge = () => undefined,
): void {
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => void routes.push(route));
  app.addHook("onReady", async () => {
    const open = routes.filter(({ config }) => config?.access === undefined);
    if (open.length === 0) return;
    const names = open.map(({ method, url }) => `${method} ${url}`).join(", ");
    throw new Error(`These routes do not say who may ask them: ${names}`);
  });
  app.decorateRequest("visitor");
  app.addHook("onRequest", async (request, reply) => {
    request.visitor = { ...NOBODY };
    const access = request.routeOptions.config.access;
    // Where there is nothing, nobody has to say who they are.
    if (access === undefined || request.is404) return charge(request, reply, NOBODY);
    request.visitor = await identify(request).catch((thrown: unknown) => {
      // Trying out tokens is counted by address: nobody stands behind a wrong one.
      charge(request, reply, NOBODY);
      throw thrown;
    });
    charge(request, reply, request.visitor);
    if (isOpenTo(request.visitor, access, town.tenant)) return;
    if (request.visitor.person) {
      throw new Refusal(403, "NOT_ALLOWED", "Your account does not have the right to this.");
    }
    throw new Refusal(401, "SIGN_IN", "Sign in to see this.");
  });
}

function isOpenTo(visitor: Visitor, access: Access, tenant: string): boolean {
  if (access === "public") return true;
  return access === "share" ? visitor.share !== undefined : mayAny(visitor, access, tenant);
}

/** The routes that a plug-in of somebody else's registers: the page itself, and the description of the API. */
export function openToAll(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    route.config = { ...route.config, access: "public" };
  });
}
