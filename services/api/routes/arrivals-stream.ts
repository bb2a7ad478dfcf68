import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { type Board, startBoardHub } from "../board-hub.ts";
import type { Limits } from "../limits.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { answerIn, answers, NameParameter } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import { loaded } from "../transit.ts";
import { arrivalsAt } from "./arrivals.ts";

type Options = Pick<Parts, "transit" | "clock"> & { readonly streams: Streams; readonly bounds: Limits };

export const arrivalsStreamRoute: FastifyPluginAsyncTypebox<Options> = async (
  app,
  { transit, clock, streams, bounds },
) => {
  const hub = startBoardHub((stop_id) => {
    try {
      return boardOf(stop_id);
    } catch (thrown) {
      if (thrown instanceof Refusal) return undefined;
      throw thrown;
    }
  }, bounds);
  app.addHook("preClose", async () => hub.close());

  /** @throws Refusal 404 */
  function boardOf(stop_id: string): Board {
    const { made_at, ...content } = arrivalsAt(loaded(transit), stop_id, clock.now_ms());
    return { json: JSON.stringify({ made_at, ...content }), content: JSON.stringify(content) };
  }

  app.get(
    "/v1/stops/:stop_id/arrivals/stream",
    {
      exposeHeadRoute: false,
      schema: {
        operationId: "streamArrivals",
        summary: "What comes to a stop, as it changes (Server-Sent Events)",
        tags: ["transit"],
        params: Type.Object({ stop_id: NameParameter }),
        response: answers(
          {
            200: answerIn(
              "text/event-stream",
              Type.String(),
              "Messages `arrivals` whose data is a StopArrivals: always the whole board, so nothing is missed by coming back.",
            ),
          },
          [400, 404, 503],
        ),
      },
    },
    async (request, reply) => {
      const { stop_id } = request.params;
      const first = boardOf(stop_id);
      // Also of a refusal: the place that it takes is given back when the connection closes.
      reply.header("connection", "close");
      const messages = hub.listen(stop_id, first, streams.admit(request));
      reply.type("text/event-stream; charset=utf-8");
      return reply.send(Readable.from(messages, { objectMode: false }));
    },
  );
};
