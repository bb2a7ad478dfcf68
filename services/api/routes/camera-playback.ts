import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { EpochMs } from "@yardline/domain/time";
import { splitSegment } from "@yardline/media/clip";
import { codecStringOf } from "@yardline/media/codec-string";
import type { Segment } from "@yardline/media/media-store";
import { playlistOf } from "@yardline/media/playlist";
import { Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import type { Limits } from "../limits.ts";
import { lookedAtRecording } from "../looked.ts";
import type { Parts } from "../parts.ts";
import { Refusal } from "../problem.ts";
import { incidentOf, PurposeQuery } from "../purpose.ts";
import { CameraParams, getCamera, PeriodQuery, periodOf } from "../recorded-period.ts";
import { answerIn, answers, Binary, NameParameter } from "../schemas.ts";

const HLS = "application/vnd.apple.mpegurl";
/** The latest instant that a date can be. */
const AT_MS_MAX = 8.64e15;
const HOUR_MS = 3_600_000;

type Options = Pick<Parts, "cameras" | "town" | "media" | "clock"> & { readonly bounds: Limits };

export const cameraPlaybackRoute: FastifyPluginAsyncTypebox<Options> = async (app, options) => {
  const { media, bounds } = options;
  app.get(
    "/v1/cameras/:camera/playback.m3u8",
    {
      config: { access: ["archive"], audits: "always" },
      schema: {
        operationId: "getPlaylist",
        summary: "The recording of a time as an HLS playlist; gaps are discontinuities",
        tags: ["cameras"],
        params: CameraParams,
        querystring: Type.Object({ ...PeriodQuery.properties, ...PurposeQuery }),
        response: answers(
          { 200: answerIn(HLS, Type.String(), "RFC 8216, fMP4 segments.") },
          [400, 403, 404, 503],
        ),
      },
    },
    async (request, reply) => {
      const { params, query, visitor } = request;
      const occasion = await incidentOf(request, query);
      const { id } = getCamera(options, params.camera, visitor, ["archive"], occasion);
      const { from_ms, to_ms } = periodOf(query, bounds);
      const segments = await media.listSegments(id, from_ms, to_ms);
      if (segments.length === 0) throw gone();
      await lookedAtRecording(request, { camera: id, from_ms, to_ms }, query);
      const why = whyOf(query);
      // Relative to the playlist; an edge's name in an id must not become a path.
      const partOf = ({ from_ms: at_ms, id: segment }: Segment, part: string) =>
        `segments/${at_ms}/${encodeURIComponent(segment)}/${part}${why}`;
      reply.type(HLS).header("cache-control", "private, no-cache");
      return playlistOf(segments, {
        head: (segment) => partOf(segment, "head.mp4"),
        pictures: (segment) => partOf(segment, "pictures.m4s"),
      });
    },
  );
  app.get(
    "/v1/cameras/:camera/segments/:at_ms/:segment/:part",
    {
      config: { access: ["archive"], audits: "always" },
      onSend: answerConditionally,
      schema: {
        operationId: "getSegment",
        summary: "One segment of a playlist: its head, or its pictures",
        tags: ["cameras"],
        params: Type.Object({
          ...CameraParams.properties,
          at_ms: Type.Integer({ minimum: 0, maximum: AT_MS_MAX, description: "When it begins." }),
          segment: NameParameter,
          part: Type.Enum(["head.mp4", "pictures.m4s"]),
        }),
        querystring: Type.Object(PurposeQuery),
        response: answers({ 200: answerIn("video/mp4", Binary, "fMP4") }, [400, 403, 404, 503]),
      },
    },
    async (request, reply) => {
      const { camera, at_ms, segment, part } = request.params;
      const { query, visitor } = request;
      const occasion = await incidentOf(request, query);
      const { id } = getCamera(options, camera, visitor, ["archive"], occasion);
      // An id alone opens nothing: it must be a segment of this camera.
      const listed = await media.listSegments(id, at_ms, at_ms + 1);
      const own = listed.some((each) => each.id === segment);
      const data = own ? await media.read(segment) : undefined;
      if (!data) throw gone();
      await lookedAtRecording(request, { camera: id, ...hourOf(at_ms) }, query);
      const { head, pictures } = splitSegment(data);
      const codec = codecStringOf(head);
      reply.type(codec === undefined ? "video/mp4" : `video/mp4; codecs="${codec}"`);
      reply.header("cache-control", "private, no-cache");
      return reply.send(Buffer.from(part === "head.mp4" ? head : pictures));
    },
  );
};

/** Segments are asked for one by one; what is written down is which hours of a recording were played. */
function hourOf(at_ms: EpochMs): { readonly from_ms: EpochMs; readonly to_ms: EpochMs } {
  const from_ms = at_ms - (at_ms % HOUR_MS);
  return { from_ms, to_ms: from_ms + HOUR_MS };
}

/** A player asks for the parts of a playlist as they stand in it, so what for stands with each. */
function whyOf({ purpose, incident }: { readonly purpose?: string; readonly incident?: string }): string {
  const why = new URLSearchParams({ ...(purpose && { purpose }), ...(incident && { incident }) });
  return why.size === 0 ? "" : `?${why}`;
}

function gone(): Refusal {
  return new Refusal(404, "MEDIA_GONE", "The recording has expired or never was made.");
}
