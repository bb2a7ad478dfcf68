import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { audited } from "../audited.ts";
import type { Parts } from "../parts.ts";
import { Refusal, refuseBy, type Statuses } from "../problem.ts";
import { answers, refTo } from "../schemas.ts";
import { Day, offerOf, TimetableOffer } from "../timetable-answers.ts";
import type { TimetableChoosing } from "../timetable-parts.ts";
import { nameOf } from "../visitor.ts";

/** A slow line sends so much well within the time that the doors wait for a request. */
const PIECE_BYTES_MAX = 512 * 1024;
const BYTES = "application/octet-stream";

const Params = Type.Object({ feed: Type.String({ maxLength: 100 }) });
const Version = Type.String({ pattern: "^[0-9a-f]{64}$", description: "SHA-256 of the file." });
const Piece = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: "As the file is called; for people." }),
    of: Type.Integer({ minimum: 1, description: "Bytes of the whole file." }),
    at: Type.Integer({ minimum: 0, description: "Bytes that came before this piece; 0 begins anew." }),
  },
  { additionalProperties: false },
);

export const TimetablePieceTaken = Type.Object(
  {
    received: Type.Integer({ description: "Bytes that are here now." }),
    offer: Type.Optional(refTo(TimetableOffer)),
  },
  { $id: "TimetablePieceTaken" },
);

const Choice = Type.Object({ version: Version, from: Type.Optional(Day) }, { additionalProperties: false });

const STATUSES: Statuses = {
  TIMETABLE_TOO_LARGE: 413,
  TIMETABLE_UPLOAD_BUSY: 409,
  TIMETABLE_UPLOAD_BROKEN: 409,
  TIMETABLE_CHANGED: 409,
  TIMETABLE_REFUSED: 409,
  TIMETABLE_FIRST: 409,
  TIMETABLE_DAY: 400,
};
const refusing = refuseBy(STATUSES);

/** Sending the town's next timetable, choosing it, and going back: only where no file says which one it is. */
export const timetableChoiceRoute: FastifyPluginAsyncTypebox<Pick<Parts, "timetables">> = async (
  app,
  options,
) => {
  await app.register(sending, options);
  await app.register(choosing, options);
};

const sending: FastifyPluginAsyncTypebox<Pick<Parts, "timetables">> = async (app, { timetables }) => {
  app.addContentTypeParser(BYTES, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.put(
    "/v1/timetables/:feed/offer",
    {
      config: { access: ["configure"], audits: { not: "A file is written down with its first piece." } },
      bodyLimit: PIECE_BYTES_MAX,
      schema: {
        operationId: "sendTimetablePiece",
        summary:
          "Send a GTFS zip, piece by piece; the last piece is answered with what the checker finds in it",
        description: `Each piece has at most ${PIECE_BYTES_MAX} bytes. Nothing is followed before it is chosen.`,
        tags: ["settings"],
        params: Params,
        querystring: Piece,
        body: { content: { [BYTES]: { schema: Type.Unknown() } } },
        response: answers({ 200: refTo(TimetablePieceTaken) }, [400, 404, 409, 413, 503]),
      },
    },
    async (request) => {
      const { params, query, body, visitor } = request;
      const chosen = choosable(timetables, params.feed);
      if (!Buffer.isBuffer(body))
        throw new Refusal(400, "TIMETABLE_PIECE", `Send the bytes of the file as ${BYTES}.`);
      const { name, of: of_bytes, at: at_bytes } = query;
      if (at_bytes === 0) await write(request, params.feed, { change: "sent", name });
      const by = nameOf(visitor);
      const offered = await chosen.put({ name, of_bytes, at_bytes, piece: body, by }).catch(refusing);
      return { received: at_bytes + body.length, ...(offered && { offer: offerOf(offered) }) };
    },
  );
};

const choosing: FastifyPluginAsyncTypebox<Pick<Parts, "timetables">> = async (app, { timetables }) => {
  const config = { access: ["configure"], audits: "always" } as const;
  app.delete(
    "/v1/timetables/:feed/offer",
    {
      config,
      schema: {
        operationId: "dropTimetableOffer",
        summary: "Forget the timetable that was sent and waits to be chosen",
        tags: ["settings"],
        params: Params,
        response: answers({ 204: Type.Null() }, [404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { feed } = request.params;
      const chosen = choosable(timetables, feed);
      await write(request, feed, { change: "dropped" });
      await chosen.drop();
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/v1/timetables/:feed/choices",
    {
      config,
      schema: {
        operationId: "chooseTimetable",
        summary: "Follow the timetable that was sent, from a service day on or at once",
        tags: ["settings"],
        params: Params,
        body: Choice,
        response: answers({ 204: Type.Null() }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { body, params } = request;
      const { version: sha256, from } = body;
      const chosen = choosable(timetables, params.feed);
      await write(request, params.feed, { change: "chosen", version: sha256, from: from ?? "at once" });
      await chosen.choose({ sha256, from }).catch(refusing);
      return reply.code(204).send(null);
    },
  );

  app.post(
    "/v1/timetables/:feed/returns",
    {
      config,
      schema: {
        operationId: "returnToTimetable",
        summary: "Go back to the timetable before the one that was chosen last, at once",
        tags: ["settings"],
        params: Params,
        body: Type.Object({ newest: Version }, { additionalProperties: false }),
        response: answers({ 204: Type.Null() }, [400, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const { body, params } = request;
      const chosen = choosable(timetables, params.feed);
      await write(request, params.feed, { change: "taken back", version: body.newest });
      await chosen.takeBack(body.newest).catch(refusing);
      return reply.code(204).send(null);
    },
  );
};

/** @throws Refusal 409 where a file or a region says which timetable it is; 404 for another timetable. */
function choosable(timetables: Parts["timetables"], feed: string): TimetableChoosing {
  const chosen = timetables?.choosing;
  if (!chosen)
    throw new Refusal(409, "SETTINGS_OWNED", "The settings say which timetable it is; change it there.");
  if (chosen.feed !== feed)
    throw new Refusal(404, "TIMETABLE_UNKNOWN", `The timetable is called "${chosen.feed}".`);
  return chosen;
}

async function write(
  request: Parameters<typeof audited>[0],
  feed: string,
  details: Readonly<Record<string, string>>,
): Promise<void> {
  await audited(request, { action: "configure", object: { kind: "timetable", id: feed }, details });
}
