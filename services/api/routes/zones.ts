import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";
import { camerasKnownTo } from "../cameras-known.ts";
import { ListCursor, ListPage, pageOf } from "../list-page.ts";
import type { Parts } from "../parts.ts";
import { answers, NameParameter, Place, refTo } from "../schemas.ts";

const Query = Type.Object(
  { ...ListPage, camera: Type.Optional({ ...NameParameter, description: "Only of this camera." }) },
  { additionalProperties: false },
);
const Point = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 });

export const ZoneList = Type.Object(
  {
    zones: Type.Array(
      Type.Object({
        camera: Type.String(),
        zone: Type.String({ description: "As events name it." }),
        form: Type.Enum(["area", "line"]),
        points: Type.Array(Point, {
          description: "Its corners, or the line: x, y as shares of the picture, from the top left.",
        }),
        rules: Type.Array(Type.String(), { description: "What is watched for there." }),
        place: Type.Optional(refTo(Place)),
      }),
      { description: "By camera, then by zone." },
    ),
    ...ListCursor,
  },
  { $id: "ZoneList" },
);

export const zonesRoute: FastifyPluginAsyncTypebox<Pick<Parts, "cameras" | "town" | "clock">> = async (
  app,
  { cameras, town, clock },
) => {
  app.get(
    "/v1/zones",
    {
      config: {
        access: ["live", "archive", "operate", "configure"],
        audits: { not: "Where zones lie is no picture." },
      },
      schema: {
        operationId: "listZones",
        summary: "The zones and lines of the cameras that whoever asks may know of",
        tags: ["cameras"],
        querystring: Query,
        response: answers({ 200: refTo(ZoneList) }, [400]),
      },
    },
    async ({ query: { camera, ...page }, visitor }) => {
      const zones = camerasKnownTo(visitor, { cameras, town, clock })
        .filter(({ id }) => camera === undefined || id === camera)
        .flatMap(({ id, place, zones: own = [] }) =>
          own.map(({ rules, points, ...zone }) => ({
            camera: id,
            ...zone,
            points: points.map(([x, y]) => [x, y]),
            rules: [...rules],
            ...(place && { place }),
          })),
        );
      const { items, ...cursor } = pageOf(zones, page, (each) => `${each.camera}\t${each.zone}`);
      return { zones: items, ...cursor };
    },
  );
};
