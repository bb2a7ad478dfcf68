import type { LatLon } from "@yardline/domain/geo";
import { type Static, type TProperties, type TSchema, Type } from "typebox";

/** @see https://www.rfc-editor.org/rfc/rfc7946 */
export const GEOJSON_TYPE = "application/geo+json; charset=utf-8";

/** Longitude first. */
const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 });

export const PointGeometry = Type.Object({ type: Type.Literal("Point"), coordinates: Position });
export const LineGeometry = Type.Object({
  type: Type.Literal("LineString"),
  coordinates: Type.Array(Position),
});
export const LinesGeometry = Type.Object({
  type: Type.Literal("MultiLineString"),
  coordinates: Type.Array(Type.Array(Position)),
});

/** The schema of a FeatureCollection whose features all have this geometry and these properties. */
export function featureCollection<Geometry extends TSchema, Properties extends TProperties>(
  $id: string,
  geometry: Geometry,
  properties: Properties,
) {
  return Type.Object(
    {
      type: Type.Literal("FeatureCollection"),
      features: Type.Array(
        Type.Object({ type: Type.Literal("Feature"), geometry, properties: Type.Object(properties) }),
      ),
    },
    { $id },
  );
}

export function pointOf(place: LatLon): Static<typeof PointGeometry> {
  return { type: "Point", coordinates: positionOf(place) };
}

export function lineOf(shape: readonly LatLon[]): Static<typeof LineGeometry> {
  return { type: "LineString", coordinates: shape.map(positionOf) };
}

export function linesOf(shapes: readonly (readonly LatLon[])[]): Static<typeof LinesGeometry> {
  return { type: "MultiLineString", coordinates: shapes.map((shape) => shape.map(positionOf)) };
}

function positionOf({ latitude, longitude }: LatLon): number[] {
  return [longitude, latitude];
}
