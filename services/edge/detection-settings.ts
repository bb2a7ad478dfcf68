import { resolve } from "node:path";
import { LABELS } from "@yardline/domain/detection";
import { isManifest } from "@yardline/models/find-model";
import { PROVIDERS } from "@yardline/models/runtime/providers";
import { type Static, Type } from "typebox";

const strict = { additionalProperties: false };
const Score = Type.Optional(Type.Number({ minimum: 0, maximum: 1 }));

/** How the pictures of a camera are looked at; what a camera leaves open is as the town has it. */
export const DetectionSettings = Type.Object(
  {
    model: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 500,
        description:
          "A name of ./yardline models list, or a manifest (.yaml, .json), seen from this file's folder.",
      }),
    ),
    provider: Type.Optional(
      Type.Enum([...PROVIDERS], { description: "Where it computes; the processor unless told." }),
    ),
    small_objects: Type.Optional(
      Type.Boolean({
        description: "People 15 to 20 pixels tall are looked for, too: up to nine looks a picture, not one.",
      }),
    ),
    score_min: Type.Optional(
      Type.Object(Object.fromEntries(LABELS.map((label) => [label, Score])), {
        ...strict,
        description: "What is seen less surely than its label's score begins no track (0.4 unless told).",
      }),
    ),
  },
  strict,
);
export type DetectionSettings = Static<typeof DetectionSettings>;

/** What a camera says itself comes first; scores label by label. */
export function detectionOf(camera: DetectionSettings = {}, town: DetectionSettings = {}): DetectionSettings {
  return { ...town, ...camera, score_min: { ...town.score_min, ...camera.score_min } };
}

/** The same settings where a manifest is named from the folder that they lie in. */
export function settledIn(folder: string, detection: DetectionSettings): DetectionSettings {
  const { model } = detection;
  return model !== undefined && isManifest(model)
    ? { ...detection, model: resolve(folder, model) }
    : detection;
}
