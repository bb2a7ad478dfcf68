import { Readable } from "node:stream";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import type { CameraStatus } from "../camera-parts.ts";
import type { Identify } from "../identify.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { createLiveProxies, type LiveProxies } from "../live-proxies.ts";
import { type LiveGiven, type LiveVerdict, watchLive } from "../live-watching.ts";
import { LIVE_TYPE, wireOf } from "../live-wire.ts";
import { lookedAtLive } from "../looked.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { getPurpose, incidentOf, PurposeQuery } from "../purpose.ts";
import { CameraParams, getCamera } from "../recorded-period.ts";
import { answerIn, answers, Binary, NameParameter } from "../schemas.ts";
import type { Streams } from "../streams.ts";
import type { Telemetry } from "../telemetry.ts";
import { whileAllowed } from "../while-allowed.ts";

const RETRY_AFTER_S = 10;
/** Of what is under way to one client: a picture or a few. What does not fit is not made, and lost if it grows old. */
const UNDER_WAY_BYTES_MAX = 64 * 1024;

const Stream = Type.Optional(
  Type.Enum(["main", "sub"], {
    description: "Of a camera with two streams `sub` is the smaller one; of others both are the same.",
  }),
);
const Codec = Type.Optional(
  Type.Enum(["h264"], {
    description:
      "For a browser that cannot play what a camera gives: what is in another codec is encoded anew.",
  }),
);
const Asked = Type.Object({ stream: Stream, codec: Codec, ...PurposeQuery }, { additionalProperties: false });
type Asked = Static<typeof Asked> & Pick<Static<typeof AskedTogether>, "main">;
const AskedTogether = Type.Object(
  {
    camera: Type.Array(NameParameter, {
      minItems: 1,
      maxItems: LIMITS.live_cameras_max,
      description: "In the order of the answer.",
    }),
    main: Type.Optional({
      ...NameParameter,
      description:
        "The one of them that is looked at large: it comes in its main stream, whatever `stream` says.",
    }),
    ...Asked.properties,
  },
  { additionalProperties: false },
);

type Options = Pick<Parts, "cameras" | "town" | "clock"> & {
  readonly bounds: Limits;
  readonly streams: Streams;
  readonly telemetry: Telemetry;
  readonly identify: Identify;
};

export const liveRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { clock } = options;
  const { bounds, telemetry } = options;
  const proxies = createLiveProxies(bounds.live_proxies_max, {
    // Asked when it is needed: whoever only describes the doors has no telemetry.
    onCount: (open) => telemetry.liveProxiesAre(open),
    onRefused: () => telemetry.mediaRefused("live"),
  });
  app.addHook("onClose", () => proxies.close());
  const watch = watcher({ ...options, proxies });
  app.get(
    "/v1/cameras/:camera/live.mp4",
    {
      config: { access: ["live"] },
      exposeHeadRoute: false,
      schema: {
        operationId: "watchCamera",
        summary: "A camera's pictures as they come, as fragmented MP4; it ends with their connection",
        tags: ["cameras"],
        params: CameraParams,
        querystring: Asked,
        response: answers({ 200: answerIn("video/mp4", Binary, "fMP4") }, [400, 403, 404, 409, 503]),
      },
    },
    async (request, reply) => {
      const given = await watch(request, [request.params.camera], request.query);
      reply.header("connection", "close").type("video/mp4");
      return reply.send(streamOf(filmOf(given)));
    },
  );
  app.get(
    "/v1/live",
    {
      config: { access: ["live"] },
      exposeHeadRoute: false,
      schema: {
        operationId: "watchCameras",
        summary: "The pictures of up to eight cameras as they come, in one stream",
        description:
          "Messages one after another; the guide's page about live pictures describes them. A camera that may not be shown, or not any more, is told in the stream; where that holds for all of them the answer is a refusal. The same question with one camera more begins anew, at once, with the newest pictures.",
        tags: ["cameras"],
        querystring: AskedTogether,
        response: answers(
          { 200: answerIn(LIVE_TYPE, Binary, "Messages, each a head of 24 bytes and a body.") },
          [400, 403, 404, 409, 503],
        ),
      },
    },
    async (request, reply) => {
      const { camera, ...asked } = request.query;
      const given = await watch(request, camera, asked);
      reply.header("connection", "close").type(LIVE_TYPE);
      return reply.send(streamOf(messagesOf(given, () => clock.now_ms())));
    },
  );
};

type Watching = Options & { readonly proxies: LiveProxies };

/** Lets whoever asks look, as long as they may. @throws Refusal before the first byte, as `permitter` does, and 503. */
function watcher(options: Watching) {
  const { bounds, streams, telemetry, identify, clock } = options;
  let open = 0;
  const change = (by: number) => {
    open += by;
    telemetry.livePicturesAre(open);
  };
  return async (request: FastifyRequest, ids: readonly string[], asked: Asked) => {
    const permit = permitter(options, request, ids, asked);
    const first = await permit();
    refuseWhereNone(first);
    if (open + ids.length > bounds.live_pictures_max) {
      telemetry.mediaRefused("live");
      const message = "Too many cameras are looked at live on this machine. Close some, or ask again later.";
      throw new Refusal(503, "LIVE_FULL", message, RETRY_AFTER_S);
    }
    const gone = streams.admit(request);
    change(ids.length);
    gone.addEventListener("abort", () => change(-ids.length), { once: true });
    if (gone.aborted) change(-ids.length);
    return watchLive(first, {
      permit,
      every_ms: bounds.recheck_ms,
      signal: whileAllowed(request, identify, bounds.recheck_ms, gone),
      clock,
      onLost: telemetry.livePicturesLost,
    });
  };
}

/**
 * What may be shown of each camera now. It is written down before it is shown.
 * @throws Refusal 403 `PURPOSE_NEEDED`, 503 where it cannot be written down.
 */
function permitter(
  options: Watching,
  request: FastifyRequest,
  ids: readonly string[],
  asked: Asked,
): () => Promise<readonly LiveVerdict[]> {
  const ownStream = (id: string) => (id === asked.main ? "main" : (asked.stream ?? "main"));
  return async () => {
    const occasion = await incidentOf(request, asked);
    const found = ids.map((id) =>
      verdictOf(options, request, { id, stream: ownStream(id), occasion, h264: asked.codec === "h264" }),
    );
    if (found.some((verdict) => "stream" in verdict)) {
      const purpose = await getPurpose(request, asked, options.clock.now_ms());
      for (const [at, verdict] of found.entries()) {
        const id = ids[at];
        if ("stream" in verdict && id !== undefined) await lookedAtLive(request, id, purpose);
      }
    }
    return found;
  };
}

type Question = {
  readonly id: string;
  readonly stream: "main" | "sub";
  readonly occasion: { readonly incident: boolean };
  readonly h264: boolean;
};

function verdictOf(
  options: Watching,
  request: FastifyRequest,
  { id, stream, occasion, h264 }: Question,
): LiveVerdict {
  try {
    const camera = getCamera(options, id, request.visitor, ["live"], occasion);
    const none = noPictureOf(camera);
    if (none) return { none };
    const live = options.cameras.findLive?.(id, stream);
    if (live) return { stream: h264 ? options.proxies.of(live) : live };
    const why = "This camera is watched by another process, which gives no live pictures here.";
    return { none: new Refusal(409, "CAMERA_ELSEWHERE", why) };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { none: thrown };
  }
}

/** Of one that is lost the pictures are waited for; these give none until somebody does something. */
function noPictureOf({ state, reason, paused_until_ms }: CameraStatus): Refusal | undefined {
  if (state === "paused") {
    const until = paused_until_ms === undefined ? "" : ` until ${isoOf(paused_until_ms)}`;
    return new Refusal(409, "CAMERA_PAUSED", `This camera is paused${until}: it sees and records nothing.`);
  }
  if (state !== "closed") return undefined;
  return new Refusal(409, "CAMERA_CLOSED", `This camera is closed: ${reason ?? "it gives no pictures"}.`);
}

/** A question of which nothing can be shown is refused as such. */
function refuseWhereNone(verdicts: readonly LiveVerdict[]): void {
  const refused = verdicts.flatMap((verdict) => ("none" in verdict ? [verdict.none] : []));
  if (refused[0] && refused.length === verdicts.length) throw refused[0];
}

/** One camera as a film: it ends where its head does, or where it may not be shown any more. */
async function* filmOf(given: AsyncIterable<LiveGiven>): AsyncGenerator<Uint8Array> {
  let begun = false;
  for await (const each of given) {
    if ("passed" in each) continue;
    if ("none" in each || each.piece.kind === "ended" || (begun && each.piece.kind === "opened")) return;
    begun = true;
    yield each.piece.kind === "opened" ? each.piece.init.data : each.piece.packet.data;
  }
}

async function* messagesOf(
  given: AsyncIterable<LiveGiven>,
  now_ms: () => EpochMs,
): AsyncGenerator<Uint8Array> {
  for await (const each of given) yield* wireOf(each, now_ms());
}

function streamOf(bytes: AsyncIterable<Uint8Array>): Readable {
  return Readable.from(bytes, { objectMode: false, highWaterMark: UNDER_WAY_BYTES_MAX });
}
