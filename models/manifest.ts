import type { Label } from "@yardline/domain/detection";
import { LABELS } from "@yardline/domain/detection";
import { WITHOUT_BIOMETRICS } from "@yardline/domain/no-biometrics";
import { type Static, type TSchema, Type } from "typebox";

const strict = { additionalProperties: false };
const text = (description: string) => Type.String({ minLength: 1, maxLength: 500, description });

/** A value for some of our labels. */
const someLabels = <Value extends TSchema>(value: Value, description: string) =>
  Type.Object(
    {
      person: Type.Optional(value),
      bicycle: Type.Optional(value),
      car: Type.Optional(value),
      motorcycle: Type.Optional(value),
      bus: Type.Optional(value),
      truck: Type.Optional(value),
      dog: Type.Optional(value),
    },
    { ...strict, minProperties: 1, description },
  );

const three = (description: string) =>
  Type.Array(Type.Number({ minimum: -1e6, maximum: 1e6 }), { minItems: 3, maxItems: 3, description });

/** Larger inputs than this no network of ours takes; a file that asks for more is hostile. */
export const SIDE_PX_MAX = 2048;

/** All that has to be known of an ONNX file to detect with it. A user's own is a YAML or JSON file of this form. */
export const ModelManifest = Type.Object(
  {
    name: Type.String({
      pattern: `${WITHOUT_BIOMETRICS}[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$`,
      description:
        "Lower-case Latin letters, digits, dots and hyphens; no network of faces, gaits or persons.",
    }),
    family: Type.Enum(["centernet", "yolox", "nanodet-plus", "rt-detr"], {
      description: "How its input is made and its output is read; D-FINE is read as rt-detr.",
    }),
    origin: Type.Union([
      Type.Object({ url: Type.String({ pattern: "^https://", maxLength: 1000 }) }, strict),
      Type.Object({ package: text("An npm package whose files are converted at set-up.") }, strict),
      Type.Object({ file: text("An ONNX file, seen from the manifest's folder.") }, strict),
    ]),
    licence: text("As SPDX names it."),
    sha256: Type.String({ pattern: "^[0-9a-f]{64}$", description: "Digest of the ONNX file." }),
    input: Type.Object(
      {
        name: text("Name of the graph's input for the picture: float32 [1, 3, height, width]."),
        side_px: Type.Integer({
          minimum: 32,
          maximum: SIDE_PX_MAX,
          description: "Side of the square input.",
        }),
        step_px: Type.Optional(
          Type.Integer({
            minimum: 8,
            maximum: SIDE_PX_MAX,
            description:
              "Where the input may be smaller than the square: its sides are multiples of this, which divides side_px.",
          }),
        ),
        fit: Type.Enum(["letterbox", "stretch"], {
          description:
            "letterbox: undistorted in the top-left corner, bars in the rest. stretch: as trained.",
        }),
        bar: Type.Number({ minimum: 0, maximum: 255, description: "Grey of the bars, 0 to 255." }),
        colour: Type.Enum(["rgb", "bgr"]),
        mean: Type.Optional(three("Taken from each channel (0 to 255), in the order of `colour`.")),
        deviation: Type.Optional(three("Each channel is then divided by it.")),
        size_name: Type.Optional(text("A second input, int64 [1, 2]: width and height for the boxes.")),
      },
      strict,
    ),
    outputs: Type.Record(
      Type.String({ pattern: "^[a-z]{1,20}$" }),
      Type.String({
        ...{ minLength: 1, maxLength: 500, pattern: WITHOUT_BIOMETRICS },
        description:
          "Name of the graph's output: boxes and scores, never what tells one person from another.",
      }),
      { description: "What the family calls an output, and its name in the graph." },
    ),
    labels: someLabels(
      Type.Integer({ minimum: 0, maximum: 9999 }),
      "Our label: the network's class, from 0.",
    ),
    score_min: Type.Optional(
      someLabels(Type.Number({ minimum: 0, maximum: 1 }), "What an event may be built on."),
    ),
    overlap_max: Type.Number({
      minimum: 0,
      maximum: 1,
      description: "Of two boxes of one thing that overlap by more than this (IoU) one goes.",
    }),
  },
  strict,
);
export type ModelManifest = Static<typeof ModelManifest>;

/** The lowest score that counts: for all labels, or label by label. */
export type ScoreMin = number | { readonly [label in Label]?: number };

/** For a label without a measured one. */
const SCORE_MIN = 0.3;

export function leastOf(score_min: ScoreMin, label: Label): number {
  return typeof score_min === "number" ? score_min : (score_min[label] ?? SCORE_MIN);
}

/** Our labels that a network knows, with its number and least score for each. */
export type Classes = readonly { readonly label: Label; readonly number: number; readonly least: number }[];

export function classesOf({ labels }: ModelManifest, score_min: ScoreMin): Classes {
  return LABELS.flatMap((label) => {
    const number = labels[label];
    return number === undefined ? [] : [{ label, number, least: leastOf(score_min, label) }];
  });
}
