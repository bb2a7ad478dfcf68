import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { holds } from "@yardline/index/condition";
import { Type } from "typebox";
import type { EventHub } from "../event-hub.ts";
import { EventFilter, eventQueryOf } from "../event-query.ts";
import { listenToEvents } from "../event-stream.ts";
import type { Identify } from "../identify.ts";
import type { Limits } from "../limits.ts";
import { watchedQueue } from "../looked.ts";
import type { Parts } from "../parts.ts";
import { findPurpose } from "../purpose.ts";
import { answerIn, answers } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import type { Telemetry } from "../telemetry.ts";
import { mayAny, visibleTo } from "../visitor.ts";
import { whileAllowed } from "../while-allowed.ts";

/** Printable, so that it can neither end a line of the stream nor a header. */
const Position = Type.String({ minLength: 1, maxLength: 500, pattern: "^[\\u0021-\\u007e]+$" });

const Query = Type.Object(
  {
    ...EventFilter,
    after: Type.Optional({
      ...Position,
      description: "Resume after this `id`, where no header can be sent.",
    }),
  },
  { additionalProperties: false },
);
const Headers = Type.Object({
  "last-event-id": Type.Optional({
    ...Position,
    description: "Resume after this `id`; goes before `after`.",
  }),
});

type Options = Pick<Parts, "bus" | "town" | "cameras" | "clock"> & {
  readonly hub: EventHub;
  readonly streams: Streams;
  readonly bounds: Limits;
  readonly identify: Identify;
  readonly telemetry: Telemetry;
};

export const eventStreamRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { bus, town, cameras, clock, hub, streams, telemetry, bounds, identify },
) => {
  app.get(
    "/v1/events/stream",
    {
      config: { access: ["live", "transit"] },
      exposeHeadRoute: false,
      schema: {
        operationId: "streamEvents",
        summary: "Events as they happen (Server-Sent Events, resumable)",
        tags: ["events"],
        querystring: Query,
        headers: Headers,
        response: answers(
          {
            200: answerIn(
              "text/event-stream",
              Type.String(),
              "Messages `event` whose data is an ApiEvent; revisions of one occurrence follow each other.",
            ),
          },
          [400, 503],
        ),
      },
    },
    async (request, reply) => {
      const wanted = () => {
        const now_ms = clock.now_ms();
        const known = { tenant: town.tenant, cameras: cameras.listCameras(), now_ms };
        return { now_ms, ...eventQueryOf(request.query, visibleTo(request.visitor, "live", known)) };
      };
      let asked = wanted();
      if (mayAny(request.visitor, ["live"], town.tenant)) {
        await watchedQueue(request, "events", await findPurpose(request, {}, asked.now_ms));
      }
      // Also of a refusal: the place that it takes is given back when the connection closes.
      reply.header("connection", "close");
      const messages = listenToEvents(
        { hub, bus, telemetry },
        {
          // Cameras move to other districts, and agreements end, while somebody listens.
          wanted({ event }) {
            if (Math.abs(clock.now_ms() - asked.now_ms) >= bounds.recheck_ms) asked = wanted();
            return holds(asked.where, event);
          },
          after: request.headers["last-event-id"] ?? request.query.after,
          signal: whileAllowed(request, identify, bounds.recheck_ms, streams.admit(request)),
        },
      );
      const greeting = await messages.next();
      reply.type("text/event-stream; charset=utf-8");
      return reply.send(Readable.from(continued(greeting, messages), { objectMode: false }));
    },
  );
};

async function* continued(
  { value, done }: IteratorResult<string>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (done) return;
  yield value;
  yield* rest;
}
