import { type Static, Type } from "typebox";
import { LEGAL_BASES, PURPOSES } from "./purposes.ts";

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

/** The sign at the place itself: who passes it must be able to read that they will be filmed before they are. */
export const SignSchema = Type.Union([
  Type.Object(
    {
      posted_on: Type.String({
        pattern: "^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$",
        description: "The day on which the sign was put up, such as 2026-11-30.",
      }),
      place: Type.String({
        minLength: 3,
        maxLength: 200,
        description: "Where it hangs: at which gates, at what height.",
      }),
      version: Type.Optional(
        Type.String({ pattern: "^[0-9A-F]{6}$", description: "The six characters at the foot of the sign." }),
      ),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      not_needed: Type.String({
        minLength: 10,
        maxLength: 500,
        description: "Why there is none. For recordings alone: whoever is filmed now is told.",
      }),
    },
    { additionalProperties: false },
  ),
]);
export type Sign = Static<typeof SignSchema>;

/** What must be on record before a camera's first frame. Without one of these the camera does not start (invariant 3). */
export const CameraRecord = Type.Object({
  purpose: Type.Enum([...PURPOSES], {
    description:
      "safety alone is no purpose, since nobody at the gate could tell from it why they are filmed: write what is protected, and from what",
  }),
  legal_basis: Type.Enum([...LEGAL_BASES]),
  controller: Type.String({ minLength: 2, maxLength: 200, description: "Who answers for this camera." }),
  retention_h: Type.Integer({
    minimum: 1,
    maximum: RETENTION_MAX_H,
    description: `How long pictures live; ${RETENTION_PLAIN_H} unless it says so.`,
  }),
  retention_reason: Type.Optional(
    Type.String({ minLength: 10, maxLength: 500, description: "Why they live longer than that." }),
  ),
  mask: MaskFormSchema,
  sign: SignSchema,
});
export type CameraRecord = Static<typeof CameraRecord>;

type Declared = Omit<CameraRecord, "retention_h"> & { readonly retention_h?: number };

/** A problem of one field, for a person who mends it. */
export type RecordProblem = { readonly field: keyof CameraRecord; readonly message: string };

/**
 * What the schema alone cannot say.
 * @param live whether somebody is filmed now, and not played from a recording.
 * @returns none when all is well.
 */
export function problemsOf(
  { retention_h = RETENTION_PLAIN_H, retention_reason, sign, purpose }: Declared,
  live: boolean,
): readonly RecordProblem[] {
  const says: readonly (readonly [boolean, RecordProblem["field"], string])[] = [
    [
      retention_h > RETENTION_PLAIN_H && retention_reason === undefined,
      "retention_h",
      `keeping pictures longer than ${RETENTION_PLAIN_H} hours needs a retention_reason`,
    ],
    [
      live && "not_needed" in sign,
      "sign",
      "whoever is filmed by a live camera is told at the place: print the sign (./yardline privacy sign), put it up, then write posted_on and place",
    ],
    ["posted_on" in sign && !isDay(sign.posted_on), "sign", "posted_on is no day of the calendar"],
    [
      live && purpose === "demonstration-with-recorded-material",
      "purpose",
      "a live camera demonstrates nothing with recorded material: say what it watches over",
    ],
  ];
  return says.flatMap(([holds, field, message]) => (holds ? [{ field, message }] : []));
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
