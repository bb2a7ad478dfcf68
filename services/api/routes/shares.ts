import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { Agreed, isInForce } from "@yardline/tenancy/share";
import type { ShareNote, Shares } from "@yardline/tenancy/shares";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { Refusal, refuseBy, type Statuses } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { loaded } from "../transit.ts";

const Party = Agreed.properties.to;

export const ShareAnswer = Type.Object(
  {
    id: Type.String(),
    from: Party,
    to: Party,
    route_ids: Type.Array(Type.String()),
    what: Agreed.properties.what,
    purpose: Type.String(),
    made_at: Instant,
    until: Type.Optional(Instant),
    in_force: Type.Boolean(),
    ended: Type.Optional(Type.Object({ at: Instant, by: Type.String(), why: Type.String() })),
  },
  { $id: "Share", description: "What one town gives another of a line over the border." },
);

const NewShare = Type.Object(
  {
    ...Agreed.properties,
    signed_by: Type.String({
      minLength: 1,
      maxLength: 100,
      description: "Who signed for this town, by name.",
    }),
  },
  { additionalProperties: false },
);

const End = Type.Object(
  { why: Type.String({ minLength: 3, maxLength: 500 }) },
  { additionalProperties: false },
);

const ShareParams = Type.Object({ share: Type.String({ pattern: "^[0-9a-f]{12}$" }) });

export const sharesRoute: FastifyPluginAsyncTypebox<
  Pick<Parts, "shares" | "transit" | "town" | "clock">
> = async (app, { shares, transit, town, clock }) => {
  app.get(
    "/v1/shares",
    {
      config: { access: ["configure", "dispatch", "audit"] },
      schema: {
        operationId: "listShares",
        summary: "Agreements with neighbours, given and taken, ended ones included",
        tags: ["shares"],
        response: answers({ 200: Type.Object({ shares: Type.Array(refTo(ShareAnswer)) }) }),
      },
    },
    async () => {
      const all = (await shares?.list(town.tenant)) ?? [];
      return { shares: all.map((share) => answerOf(share, clock.now_ms())) };
    },
  );

  app.post(
    "/v1/shares",
    {
      config: { access: ["configure"], audits: "always" },
      schema: {
        operationId: "makeShare",
        summary: "Share lines with a neighbour; the answer has the token for the neighbour's box, once",
        tags: ["shares"],
        body: NewShare,
        response: answers(
          { 201: Type.Object({ share: refTo(ShareAnswer), token: Type.String() }) },
          [400, 404, 409],
        ),
      },
    },
    async (request, reply) => {
      const { signed_by, ...agreed } = request.body;
      const known = new Set(
        loaded(transit)
          .listLines()
          .flatMap((line) => (line.shared_by ? [] : line.route_id)),
      );
      const unknown = agreed.route_ids.filter((id) => !known.has(id));
      if (unknown.length > 0) {
        throw new Refusal(400, "LINE_UNKNOWN", `The timetable has no line ${unknown.join(", ")} of our own.`);
      }
      const from = { tenant: town.tenant, name: town.name, signed_by };
      const { to, purpose, route_ids, what, until } = agreed;
      const details = { lines: route_ids.join(" "), what: what.join(" "), ...(until && { until }) };
      await audited(request, {
        action: "share",
        object: { kind: "tenant", id: to.tenant },
        purpose,
        details,
      });
      const made = await told(() => having(shares).make(from, agreed, clock.now_ms()));
      return reply.code(201).send({ share: answerOf(made.note, clock.now_ms()), token: made.token });
    },
  );

  app.post(
    "/v1/shares/:share/end",
    {
      config: { access: ["configure"], audits: "always" },
      schema: {
        operationId: "endShare",
        summary: "End an agreement, given or taken: from this moment it gives nothing",
        tags: ["shares"],
        params: ShareParams,
        body: End,
        response: answers({ 200: refTo(ShareAnswer) }, [400, 404, 409]),
      },
    },
    async (request) => {
      const { params, body, visitor } = request;
      const { why } = body;
      const object = { kind: "share", id: params.share };
      await audited(request, { action: "share", object, details: { ended: true, why } });
      const ended = { at_ms: clock.now_ms(), by: visitor.person?.login ?? "nobody", why };
      return answerOf(await told(() => having(shares).end(params.share, town.tenant, ended)), clock.now_ms());
    },
  );
};

const STATUSES: Statuses = {
  SHARE_WRONG: 400,
  SHARE_UNKNOWN: 404,
  SHARES_FULL: 409,
  RECORDS_CONFLICT: 409,
};

async function told<Done>(work: () => Promise<Done>): Promise<Done> {
  return await Promise.try(work).catch(refuseBy(STATUSES));
}

/** @throws Refusal 404 of the invented town, which has no neighbours. */
function having(shares: Shares | undefined): Shares {
  if (shares) return shares;
  throw new Refusal(404, "SHARE_UNKNOWN", "The invented town has no neighbours.");
}

function answerOf({ made_ms, ended, ...share }: ShareNote, now_ms: number): Static<typeof ShareAnswer> {
  const in_force = isInForce(
    { ...(share.until !== undefined && { until: share.until }), ...(ended && { ended }) },
    now_ms,
  );
  const over = ended && { at: isoOf(ended.at_ms), by: ended.by, why: ended.why };
  return { ...share, made_at: isoOf(made_ms), in_force, ...(over && { ended: over }) };
}
