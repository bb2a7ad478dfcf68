import type { FastifySchema, RouteOptions } from "fastify";
import { type TProperties, Type } from "typebox";
import { COOKIE } from "./identify.ts";
import { IdempotencyKey } from "./repeat-guard.ts";
import { PROBLEMS, problemAs } from "./schemas.ts";

/** How one may say who one is, in OpenAPI's words. */
export const SECURITY_SCHEMES = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: COOKIE,
    description: "What signing in at `POST /v1/session` gives a browser.",
  },
  token: {
    type: "http",
    scheme: "bearer",
    description: "A program's token, made at `POST /v1/tokens`; it may no more than whoever made it.",
  },
} as const;

/**
 * Adds to a route's schema what `config.access` says: who may ask (`security`, and the rights as `x-rights`, of which any one does),
 * and the refusals that follow from it; and that a POST may be sent again. Said once, where it is enforced, so that the description cannot say anything else.
 */
export function describeRoute({
  schema,
  url,
  route,
}: {
  readonly schema: FastifySchema;
  readonly url: string;
  readonly route: RouteOptions;
}): { readonly schema: FastifySchema; readonly url: string } {
  const access = route.config?.access;
  if (!schema || schema.hide || access === undefined) return { schema, url };
  if (access === "public") return { schema: { ...schema, security: [] }, url };
  const refused = { 401: problemAs(PROBLEMS[401]), 403: problemAs(PROBLEMS[403]) };
  const own = schema.response as Readonly<Record<string, unknown>>;
  const repeatable = route.method === "POST";
  return {
    schema: {
      ...schema,
      ...(repeatable && { headers: withKey(schema.headers) }),
      security: [{ session: [] }, { token: [] }],
      "x-rights": access,
      response: { ...refused, ...(repeatable && REPEATED), ...own },
    } as FastifySchema,
    url,
  };
}

/** What `repeat-guard.ts` says to a key that it has seen. */
const REPEATED = Object.fromEntries(
  ([409, 422, 429] as const).map((status) => [status, problemAs(PROBLEMS[status])]),
);

function withKey(headers: unknown) {
  const { properties } = (headers ?? { properties: {} }) as { readonly properties: TProperties };
  return Type.Object({ ...properties, ...IdempotencyKey.properties });
}
