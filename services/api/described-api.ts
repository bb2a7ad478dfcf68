import Fastify from "fastify";
import { asyncApi } from "./asyncapi.ts";
import { LIMITS } from "./limits.ts";
import { describeApi } from "./openapi.ts";
import { type RouteParts, registerRoutes } from "./routes.ts";

/** Both descriptions, as the doors give them, without a town: what routes say of themselves asks nothing of any part of one. */
export async function describedApi(): Promise<{ readonly openapi: object; readonly asyncapi: object }> {
  const app = Fastify();
  app.setValidatorCompiler(() => () => true).setSerializerCompiler(() => String);
  await describeApi(app);
  const parts: Partial<RouteParts> = { bounds: LIMITS };
  await registerRoutes(app, parts as RouteParts);
  await app.ready();
  // It never listened and holds nothing: there is nothing to close.
  return { openapi: app.swagger(), asyncapi: asyncApi() };
}
