import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { byteRangeOf } from "@yardline/api/byte-range";
import { Refusal } from "@yardline/api/problem";
import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { MediaStore } from "@yardline/media/media-store";
import { mediaGiven } from "@yardline/telemetry/relay";
import type { FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { type Static, Type } from "typebox";
import { buildDoor, closeWith, type DoorOptions, type Listen, openDoor } from "./door.ts";
import type { EdgeName, Identity } from "./identity.ts";
import { checkGrant } from "./media-grant.ts";
import type { TrustedKeys } from "./signed.ts";

/** Objects being read at once; each is held in memory. */
const READS_MAX = 4;
const BUSY_RETRY_S = 1;
const CONNECTIONS_MAX = 50;
const REQUEST_MS_MAX = 10_000;
/** Nobody sends this door anything. */
const BODY_BYTES_MAX = 1_024;

const Instant = Type.String({ pattern: "^\\d{1,15}$", description: "Epoch milliseconds." });
const Period = Type.Object({ camera: Type.String({ maxLength: 64 }), from_ms: Instant, to_ms: Instant });

/** A segment as `media-store.ts` has it. */
const SegmentEntry = Type.Object({
  id: Type.String(),
  camera: Type.String(),
  connection: Type.String(),
  from_ms: Type.Integer(),
  to_ms: Type.Integer(),
  bytes: Type.Integer({ minimum: 0 }),
  // Edges of earlier releases take no hashes.
  sha256: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$" })),
  hashed_at_ms: Type.Optional(Type.Integer()),
});
export const SegmentList = Type.Object({ segments: Type.Array(SegmentEntry) });

/** Path and query under which the door lists the segments of a camera. */
export function segmentsTarget(camera: string, from_ms: number, to_ms: number): string {
  return `/v1/segments?camera=${encodeURIComponent(camera)}&from_ms=${from_ms}&to_ms=${to_ms}`;
}

/** Path under which the door gives a segment or snapshot. */
export function objectTarget(id: string): string {
  return `/v1/objects/${encodeURIComponent(id)}`;
}

export type MediaDoorOptions = {
  readonly listen: Listen;
  /** Its certificate is of role `edge`: the api knows by it that it talks to the right one. */
  readonly tls: Identity;
  readonly own: EdgeName;
  readonly media: Pick<MediaStore, "listSegments" | "read">;
  /** Public keys of the api, which signs what it asks for. */
  readonly keys: TrustedKeys;
  readonly clock: Clock;
  readonly log: Logger;
};

/**
 * The edge's door to its recordings, for the region's api alone: a certificate of role `api`, and a grant for this very request
 * made within the last minute. Who may look was decided and written down by the api before.
 * @throws AppError `PORT_UNUSABLE`.
 */
export async function startMediaDoor(
  options: MediaDoorOptions,
  signal: AbortSignal,
): Promise<{ readonly port: number; readonly stopped: Promise<void> }> {
  const { tls, clock, log, listen } = options;
  const door: DoorOptions = {
    ...{ name: "media", role: "api", tls, clock, log },
    limits: {
      connections_max: CONNECTIONS_MAX,
      request_ms_max: REQUEST_MS_MAX,
      body_bytes_max: BODY_BYTES_MAX,
    },
  };
  const app = buildDoor(door);
  await app.register(mediaRoutes, options);
  const port = await openDoor(app, door, listen);
  return { port, stopped: closeWith(app, signal) };
}

const mediaRoutes: FastifyPluginAsyncTypebox<MediaDoorOptions> = async (app, options) => {
  const { media } = options;
  const read = limited((id: string) => media.read(id));

  app.addHook("preValidation", async (request) => refuseUngranted(request, options));

  app.get(
    "/v1/segments",
    { schema: { querystring: Period, response: { 200: SegmentList } } },
    async ({ query: { camera, from_ms, to_ms } }): Promise<Static<typeof SegmentList>> => {
      return { segments: [...(await media.listSegments(camera, Number(from_ms), Number(to_ms)))] };
    },
  );

  app.get(
    "/v1/objects/:id",
    { schema: { params: Type.Object({ id: Type.String({ maxLength: 200 }) }) } },
    async ({ params, headers }, reply) => {
      const data = await read(params.id);
      if (!data) throw new Refusal(404, "MEDIA_GONE", "The recording has expired or never was made.");
      const range = byteRangeOf(headers.range, data.byteLength);
      if (range === "unsatisfiable") {
        throw new Refusal(416, "RANGE_UNSATISFIABLE", `The object has only ${data.byteLength} bytes.`);
      }
      const { first, last } = range === "whole" ? { first: 0, last: data.byteLength - 1 } : range;
      const part = Buffer.from(data.buffer, data.byteOffset + first, last - first + 1);
      mediaGiven(part.length);
      reply.code(206).header("content-range", `bytes ${first}-${last}/${data.byteLength}`);
      return reply.type("application/octet-stream").send(part);
    },
  );
};

function refuseUngranted(request: FastifyRequest, { own, clock, keys }: MediaDoorOptions): void {
  const { authorization = "", range = "" } = request.headers;
  const target = request.raw.url ?? "";
  try {
    checkGrant(authorization.replace(/^Bearer /, ""), { target, range }, own, clock, keys);
  } catch (thrown) {
    throw thrown instanceof AppError ? new Refusal(403, thrown.code, thrown.message) : thrown;
  }
}

function limited<Result>(work: (id: string) => Promise<Result>): (id: string) => Promise<Result> {
  let running = 0;
  return async (id) => {
    if (running >= READS_MAX) {
      throw new Refusal(503, "MEDIA_BUSY", "Too many recordings are being read at once.", BUSY_RETRY_S);
    }
    running += 1;
    try {
      return await work(id);
    } finally {
      running -= 1;
    }
  };
}
