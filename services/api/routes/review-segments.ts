import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { listSegments, type Segment } from "@yardline/timetable/segments";
import type { Timetable } from "@yardline/timetable/timetable";
import { type Static, Type } from "typebox";
import { answerConditionally } from "../etag.ts";
import { featureCollection, GEOJSON_TYPE, LineGeometry, lineOf } from "../geojson.ts";
import type { Parts } from "../parts.ts";
import { timetablesOf } from "../review-question.ts";
import { answerIn, answers, refTo } from "../schemas.ts";

export const SegmentCollection = featureCollection("SegmentCollection", LineGeometry, {
  feed: Type.String(),
  stop_id: Type.String(),
  next_stop_id: Type.String(),
  length_m: Type.Number(),
  route_ids: Type.Array(Type.String(), { description: "The lines that drive it." }),
});

/** The pieces of all lines that reports on segments are about. */
export const reviewSegmentsRoute: FastifyPluginAsyncTypebox<Pick<Parts, "review">> = async (
  app,
  { review },
) => {
  // Made once for as long as the timetables are the same.
  let made: { readonly of: readonly Timetable[]; readonly segments: readonly Segment[] } | undefined;
  app.get(
    "/v1/review/segments",
    {
      config: { access: ["transit"] },
      onSend: answerConditionally,
      schema: {
        operationId: "listSegments",
        summary: "Every way from a stop to the next, as GeoJSON: what reports on segments are drawn on",
        tags: ["review"],
        response: answers(
          { 200: answerIn("application/geo+json", refTo(SegmentCollection), "LineStrings") },
          [404],
        ),
      },
    },
    async (_request, reply) => {
      const timetables = timetablesOf(review);
      const isSame =
        made?.of.length === timetables.length && timetables.every((each) => made?.of.includes(each));
      made = isSame && made ? made : { of: timetables, segments: listSegments(timetables) };
      const collection: Static<typeof SegmentCollection> = {
        type: "FeatureCollection",
        features: made.segments.map(({ corners, route_ids, ...rest }) => ({
          type: "Feature",
          geometry: lineOf(corners),
          properties: { ...rest, route_ids: [...route_ids] },
        })),
      };
      reply.type(GEOJSON_TYPE).header("cache-control", "private, max-age=300");
      return reply.send(collection);
    },
  );
};
