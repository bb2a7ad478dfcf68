import type { FastifyInstance, RouteOptions } from "fastify";
import type { Access } from "./access.ts";

/**
 * What of a route's answers is written down before they are sent: each one that is no refusal, those that show or name pictures, or nothing,
 * and why not.
 */
type Audits = "always" | "pictures" | { readonly not: string };

declare module "fastify" {
  interface FastifyContextConfig {
    /** Routes that change something or may show pictures of the past say it; one of them that does not keeps the doors from opening. */
    audits?: Audits;
  }
  interface FastifyRequest {
    /** How often something about this request was written down, also within a session that was written down before. */
    deeds: number;
  }
}

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
/** Rights by which recordings or pictures of the past are reached. */
const OF_PICTURES: ReadonlySet<string> = new Set(["archive", "export", "unmask"]);

/** Keeps the doors shut where a route does not say what of it is written down, and keeps back an answer that should have been and was not. */
export function guardAudits(app: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => void routes.push(route));
  app.addHook("onReady", async () => {
    const silent = routes.filter((route) => mustSay(route) && route.config?.audits === undefined);
    if (silent.length === 0) return;
    const names = silent.map(({ method, url }) => `${method} ${url}`).join(", ");
    throw new Error(`These routes do not say what of them is written down (config.audits): ${names}`);
  });
  app.decorateRequest("deeds", 0);
  app.addHook("onSend", async (request, reply) => {
    if (request.routeOptions.config.audits !== "always" || request.deeds > 0) return;
    // A refusal shows nothing; what is answered again was written down the first time.
    if (reply.statusCode >= 400 || reply.hasHeader("idempotency-replayed")) return;
    throw new Error(`${request.method} ${request.routeOptions.url} was answered and not written down.`);
  });
}

function mustSay({ method, config }: RouteOptions): boolean {
  const access: Access = config?.access ?? "public";
  const writes = [method].flat().some((each) => !READS.has(each));
  return writes || (typeof access !== "string" && access.some((right) => OF_PICTURES.has(right)));
}
