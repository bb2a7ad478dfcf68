import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { isAllowed } from "@yardline/permission/decide";
import type { Right } from "@yardline/permission/rights";
import { HOLD_DAYS_MAX, isHolding, type KeptHold } from "@yardline/records/holds";
import { type Static, Type } from "typebox";
import { audited } from "../audited.ts";
import { mayKnow } from "../partner-camera.ts";
import type { Parts } from "../parts.ts";
import type { HoldView } from "../privacy-parts.ts";
import { Refusal, refuseBy, type Statuses } from "../problem.ts";
import { getCamera } from "../recorded-period.ts";
import { answers, Instant, NameParameter, refTo } from "../schemas.ts";
import { nameOf, type Visitor } from "../visitor.ts";

/** Whoever hands evidence out holds it first; the privacy officer sees to it that nothing is held for nothing. */
const MAY_HOLD = ["export", "audit"] as const satisfies readonly Right[];

const Reason = Type.String({ minLength: 3, maxLength: 1_000, pattern: "\\S", description: "Why." });

export const HoldAnswer = Type.Object(
  {
    id: Type.String(),
    camera: Type.String(),
    from: Instant,
    to: Instant,
    reason: Type.Optional(Type.String()),
    legal_basis: Type.Optional(Type.String()),
    owner: Type.Optional(Type.String({ description: "Who holds it." })),
    made_at: Type.Optional(Instant),
    until: Type.Optional(Instant),
    state: Type.Enum(["holding", "ends-soon", "released", "expired"], {
      description: "`ends-soon`: within a week. What is over is listed for a month.",
    }),
    ended_at: Type.Optional(Instant),
    ended_by: Type.Optional(Type.String()),
    ended_why: Type.Optional(Type.String()),
  },
  { $id: "Hold" },
);

const NewHold = Type.Object(
  {
    camera: NameParameter,
    from: Instant,
    to: Instant,
    reason: Reason,
    legal_basis: Type.String({
      minLength: 3,
      maxLength: 500,
      pattern: "\\S",
      description: "By what right it outlives its time: the authority and its case, the article of a law.",
    }),
    until: Type.String({ format: "date-time", description: `Within ${HOLD_DAYS_MAX} days.` }),
  },
  { additionalProperties: false },
);
const HoldParams = Type.Object({ hold: NameParameter });

type Options = Pick<Parts, "cameras" | "town" | "holds" | "clock">;

export const holdsRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  await app.register(listingAndMaking, options);
  await app.register(changing, options);
};

const listingAndMaking: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { clock } = options;
  app.get(
    "/v1/holds",
    {
      config: { access: MAY_HOLD, audits: { not: "What is held shows nothing of it." } },
      schema: {
        operationId: "listHolds",
        summary: "What is held as evidence of the cameras that whoever asks may know of",
        tags: ["evidence"],
        response: answers({ 200: Type.Object({ holds: Type.Array(refTo(HoldAnswer)) }) }, [409, 503]),
      },
    },
    async ({ visitor }) => {
      const now_ms = clock.now_ms();
      const holds = await having(options.holds).list();
      return {
        holds: holds
          .filter(({ hold }) => mayKnowHeld(options, visitor, hold.camera))
          .toSorted((a, b) => (b.hold.held_at_ms ?? 0) - (a.hold.held_at_ms ?? 0))
          .map((each) => answerOf(each, now_ms)),
      };
    },
  );

  app.post(
    "/v1/holds",
    {
      config: { access: MAY_HOLD, audits: "always" },
      schema: {
        operationId: "makeHold",
        summary: "Hold a camera's recording of a time, and what was told of it, beyond their own time",
        tags: ["evidence"],
        body: NewHold,
        response: answers({ 201: refTo(HoldAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { camera, from, to, until, reason, legal_basis } = request.body;
      const { id } = getCamera(options, camera, request.visitor, MAY_HOLD);
      const holds = having(options.holds);
      const object = { kind: "camera", id };
      await audited(request, {
        action: "hold",
        object,
        purpose: purposeOf(reason),
        details: { from, to, until, reason, legal_basis },
      });
      const made = await told(() =>
        holds.make({
          ...{ camera: id, from_ms: Date.parse(from), to_ms: Date.parse(to), until_ms: Date.parse(until) },
          ...{ reason, legal_basis, held_by: nameOf(request.visitor) },
        }),
      );
      return reply.code(201).send(answerOf(made, clock.now_ms()));
    },
  );
};

const changing: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { clock } = options;
  app.post(
    "/v1/holds/:hold/extend",
    {
      config: { access: MAY_HOLD, audits: "always" },
      schema: {
        operationId: "extendHold",
        summary: "Give a hold another end",
        tags: ["evidence"],
        params: HoldParams,
        body: Type.Object({ until: Instant, reason: Reason }, { additionalProperties: false }),
        response: answers({ 200: refTo(HoldAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const { body, params, visitor } = request;
      const { id, hold } = await getOwn(options, params.hold, visitor);
      const { until, reason } = body;
      const details = { camera: hold.camera, until, reason };
      await audited(request, {
        action: "hold",
        object: { kind: "hold", id },
        purpose: purposeOf(reason),
        details,
      });
      await told(() => having(options.holds).extend(id, Date.parse(until)));
      return answerOf(await getHold(options, id, visitor), clock.now_ms());
    },
  );

  app.post(
    "/v1/holds/:hold/release",
    {
      config: { access: MAY_HOLD, audits: "always" },
      schema: {
        operationId: "releaseHold",
        summary: "Release a hold: what has outlived its time goes within minutes",
        tags: ["evidence"],
        params: HoldParams,
        body: Type.Object({ reason: Reason }, { additionalProperties: false }),
        response: answers({ 200: refTo(HoldAnswer) }, [400, 404, 409, 503]),
      },
    },
    async (request) => {
      const { body, params, visitor } = request;
      const { id, hold } = await getOwn(options, params.hold, visitor);
      const { reason } = body;
      const details = { camera: hold.camera, reason };
      await audited(request, {
        action: "release",
        object: { kind: "hold", id },
        purpose: purposeOf(reason),
        details,
      });
      await told(() => having(options.holds).release(id, { by: nameOf(visitor), why: reason }));
      return answerOf(await getHold(options, id, visitor), clock.now_ms());
    },
  );
};

/** Of a camera that is no longer in the settings only its name is known. */
function mayKnowHeld({ cameras, town, clock }: Options, visitor: Visitor, id: string): boolean {
  const camera = cameras.listCameras().find((each) => each.id === id) ?? { id };
  const occasion = { now_ms: clock.now_ms(), incident: true };
  return mayKnow(visitor, camera, { tenant: town.tenant, rights: MAY_HOLD, occasion });
}

async function getHold(options: Options, id: string, visitor: Visitor): Promise<KeptHold> {
  const found = (await having(options.holds).list()).find((each) => each.id === id);
  if (!found || !mayKnowHeld(options, visitor, found.hold.camera)) throw unknown();
  return found;
}

/** A dispatcher's holds are that dispatcher's own to change; the privacy officer may change all. */
async function getOwn(options: Options, id: string, visitor: Visitor): Promise<KeptHold> {
  const found = await getHold(options, id, visitor);
  const officer = isAllowed(visitor, { right: "audit", tenant: options.town.tenant });
  if (officer || found.hold.held_by === nameOf(visitor)) return found;
  throw new Refusal(403, "NOT_ALLOWED", "Only who made this hold, or the privacy officer, changes it.");
}

const SOON_MS = 7 * 86_400_000;
const PURPOSE_CHARS_MAX = 200;

function answerOf({ id, hold }: KeptHold, now_ms: number): Static<typeof HoldAnswer> {
  const { camera, from_ms, to_ms, reason, legal_basis, held_by, held_at_ms, until_ms, ended } = hold;
  const holding = isHolding(hold, now_ms);
  const soon = until_ms !== undefined && until_ms - now_ms < SOON_MS;
  return {
    ...{ id, camera, from: isoOf(from_ms), to: isoOf(to_ms) },
    ...(reason !== undefined && { reason }),
    ...(legal_basis !== undefined && { legal_basis }),
    ...(held_by !== undefined && { owner: held_by }),
    ...(held_at_ms !== undefined && { made_at: isoOf(held_at_ms) }),
    ...(until_ms !== undefined && { until: isoOf(until_ms) }),
    state: holding ? (soon ? "ends-soon" : "holding") : (ended?.how ?? "expired"),
    ...(ended && { ended_at: isoOf(ended.at_ms) }),
    ...(ended?.by !== undefined && { ended_by: ended.by }),
    ...(ended?.why !== undefined && { ended_why: ended.why }),
  };
}

function purposeOf(reason: string): string {
  return reason.slice(0, PURPOSE_CHARS_MAX).toWellFormed();
}

function having(holds: HoldView | undefined): HoldView {
  if (holds) return holds;
  throw new Refusal(409, "CAMERA_ELSEWHERE", "Recordings are on edge boxes; hold them there.");
}

function unknown(): Refusal {
  return new Refusal(404, "HOLD_UNKNOWN", "There is no such hold, or it is over.");
}

const STATUSES: Statuses = {
  HOLD_WRONG: 400,
  HOLD_UNKNOWN: unknown,
  RECORDS_CONFLICT: () =>
    new Refusal(409, "HOLD_CHANGED", "Somebody else changed it in this moment; look, and ask again."),
};

async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  return await Promise.try(work).catch(refuseBy(STATUSES));
}
