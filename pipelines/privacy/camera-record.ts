import { type Static, Type } from "typebox";

/**
 * What a camera may be for. A closed list, because "safety" alone is no purpose: it must be specified for each camera
 * (EDPB Guidelines 3/2019, 15).
 */
export const PURPOSES = [
  "protection-of-property",
  "protection-of-persons-in-courtyard",
  "road-traffic-safety",
  "fire-lane-kept-free",
  "dumping-of-waste",
  "protection-of-public-building",
  "passenger-safety-at-stop",
  "demonstration-with-recorded-material",
] as const;

/** GDPR article 6(1) letters that can carry a camera, and the same grounds in Ukraine's Law 2297-VI, article 11. */
export const LEGAL_BASES = ["public-task", "legitimate-interest", "legal-obligation", "consent"] as const;

/** The longest that pictures are kept without a written reason (EDPB Guidelines 3/2019, 121). */
export const RETENTION_PLAIN_H = 72;
const RETENTION_MAX_H = 24 * 90;

const Corner = Type.Tuple([Type.Number({ minimum: 0, maximum: 1 }), Type.Number({ minimum: 0, maximum: 1 })]);

/** A polygon in fractions of the picture. */
export const PolygonSchema = Type.Array(Corner, {
  minItems: 3,
  maxItems: 64,
  description: "Corners [x, y] in fractions of the picture, from its top-left.",
});

export const MaskFormSchema = Type.Union([
  Type.Object(
    {
      form: Type.Literal("none-needed"),
      reason: Type.String({ minLength: 10, maxLength: 500, description: "Why nothing private is in view." }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { form: Type.Literal("burnt-in"), polygons: Type.Array(PolygonSchema, { minItems: 1, maxItems: 32 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      form: Type.Literal("in-camera"),
      polygons: Type.Array(PolygonSchema, {
        minItems: 1,
        maxItems: 32,
        description:
          "The areas that the camera was set up to cover; no recording is kept in which one is not.",
      }),
    },
    { additionalProperties: false },
  ),
]);

/** What must be on record before a camera's first frame. Without one of these the camera does not start (invariant 3). */
export const CameraRecord = Type.Object({
  purpose: Type.Enum([...PURPOSES]),
  legal_basis: Type.Enum([...LEGAL_BASES]),
  controller: Type.String({ minLength: 2, maxLength: 200, description: "Who answers for this camera." }),
  retention_h: Type.Integer({ minimum: 1, maximum: RETENTION_MAX_H, description: "How long pictures live." }),
  retention_reason: Type.Optional(Type.String({ minLength: 10, maxLength: 500 })),
  mask: MaskFormSchema,
});
export type CameraRecord = Static<typeof CameraRecord>;

/** What the schema alone cannot say. @returns a sentence a problem, none when all is well. */
export function problemsOf({ retention_h, retention_reason }: CameraRecord): readonly string[] {
  return retention_h > RETENTION_PLAIN_H && retention_reason === undefined
    ? [`keeping pictures longer than ${RETENTION_PLAIN_H} hours needs a retention_reason`]
    : [];
}
