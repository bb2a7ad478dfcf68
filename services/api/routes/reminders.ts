import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { isoOf } from "@yardline/domain/time";
import { keepReminder, PushAddress, takeReminder, WaitedCall } from "@yardline/reminders/reminder";
import { type Static, Type } from "typebox";
import type { Parts, PushView } from "../parts.ts";
import { Refusal, refuseBy } from "../problem.ts";
import { answers, Instant, refTo } from "../schemas.ts";
import { TapThrottle } from "../tap-throttle.ts";
import { loaded } from "../transit.ts";

/** How long before, where the browser does not say. */
const LEAD_MIN = 10;
/** Asked within ten minutes from one address, behind which a whole mobile network may be, and about one stop. */
const ASKED_MAX = { place: 300, about: 300 };

const PushKey = Type.Object(
  { public_key: Type.String({ description: "RFC 8292, base64url: what `PushManager.subscribe` wants." }) },
  { $id: "PushKey" },
);
const KeptReminder = Type.Object(
  {
    id: Type.String({ description: "Takes the reminder back; only who asked for it knows it." }),
    ends_at: { ...Instant, description: "Then it is forgotten, told or not." },
  },
  { $id: "KeptReminder" },
);
export const REMINDER_SCHEMAS = [PushKey, KeptReminder] as const;

const AskedReminder = Type.Object(
  {
    call: WaitedCall,
    lead_min: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 30,
        description: `Minutes before it comes; ${LEAD_MIN} otherwise.`,
      }),
    ),
    language: Type.Enum(["uk", "ru", "en"]),
    address: PushAddress,
  },
  { additionalProperties: false },
);
const ReminderId = Type.Object({ id: Type.String({ pattern: "^[0-9a-f]{12}[\\w-]{22}$" }) });

const refuse = refuseBy({
  REMINDER_LATE: 409,
  PUSH_KEYS: 400,
  REMINDERS_MANY: 409,
  REMINDERS_FULL: 503,
});

type Options = Pick<Parts, "records" | "transit" | "clock"> & { readonly push?: PushView };

/** A browser asks to be told when a bus is about to come: nobody says who they are, and it is forgotten afterwards. */
export const remindersRoute: FastifyPluginAsyncTypebox<Options> = async (app, { push, ...parts }) => {
  const { records, clock } = parts;
  const throttle = new TapThrottle(ASKED_MAX);
  app.get(
    "/v1/push-key",
    {
      config: { access: "public", audits: { not: "A resident has no name here." } },
      schema: {
        operationId: "getPushKey",
        summary: "The key that a browser needs to be told of a bus",
        tags: ["transit"],
        response: answers({ 200: refTo(PushKey) }, [404]),
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "public, max-age=300");
      return { public_key: pushOf(push).public_key };
    },
  );
  app.post(
    "/v1/reminders",
    {
      config: { access: "public", audits: { not: "A resident has no name here." } },
      schema: {
        operationId: "addReminder",
        summary: "Asks to be told some minutes before a bus comes; asked again, it is the same reminder",
        tags: ["transit"],
        body: AskedReminder,
        response: answers({ 201: refTo(KeptReminder) }, [400, 404, 409, 429, 503]),
      },
    },
    async ({ body, ip }, reply) => {
      const { address, call, lead_min = LEAD_MIN, language } = body;
      if (!pushOf(push).isPushAddress(address.endpoint)) {
        throw new Refusal(
          400,
          "PUSH_SERVICE",
          "This is not the address of a push service that is known here.",
        );
      }
      refuseUnknown(parts, call, clock.now_ms());
      const verdict = throttle.judge(ip, call.stop_id, address.endpoint, clock.now_ms());
      if (typeof verdict === "object") {
        const wait_s = Math.ceil(verdict.wait_ms / 1_000);
        throw new Refusal(
          429,
          "REMINDERS_OFTEN",
          "Too many were asked for from here: ask again later.",
          wait_s,
        );
      }
      const { id, ends_ms } = await keepReminder(
        records,
        { address, call, lead_min, language },
        clock.now_ms(),
      ).catch(refuse);
      return reply.code(201).send({ id, ends_at: isoOf(ends_ms) });
    },
  );
  app.delete(
    "/v1/reminders/:id",
    {
      config: { access: "public", audits: { not: "A resident has no name here." } },
      schema: {
        operationId: "removeReminder",
        summary: "Takes a reminder back; one that is not there any more is as good as taken back",
        tags: ["transit"],
        params: ReminderId,
        response: answers({ 204: Type.Null({ description: "It is forgotten." }) }, [400, 503]),
      },
    },
    async ({ params: { id } }, reply) => {
      await takeReminder(records, id);
      return reply.code(204).send(null);
    },
  );
};

/** @throws Refusal 404 */
function pushOf(push: PushView | undefined): PushView {
  if (push) return push;
  throw new Refusal(404, "PUSH_OFF", "This town reminds nobody: it has no key for secrets.");
}

/** @throws Refusal 404 for a call that nobody can wait for: nobody fills our store with what they like. */
function refuseUnknown(
  { transit }: Pick<Parts, "transit">,
  { stop_id, trip_id, scheduled_at }: Static<typeof WaitedCall>,
  now_ms: number,
): void {
  const board = loaded(transit).listArrivals(stop_id, now_ms) ?? [];
  const at_ms = Date.parse(scheduled_at);
  if (board.some(({ run, scheduled_at_ms }) => run.trip_id === trip_id && scheduled_at_ms === at_ms)) return;
  throw new Refusal(404, "CALL_UNKNOWN", "No such bus is expected at this stop.");
}
