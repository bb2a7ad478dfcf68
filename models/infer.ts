import type { Detection } from "@yardline/domain/detection";
import { AppError } from "@yardline/domain/errors";
import type { Letterbox } from "@yardline/frames/letterbox";
import { FAMILIES } from "./families/families.ts";
import type { Outputs } from "./families/family.ts";
import { found, type Look } from "./input/look.ts";
import { fitted, networkInput } from "./input/network-input.ts";
import { classesOf, type ModelManifest, type ScoreMin } from "./manifest.ts";
import type { Session } from "./runtime/session.ts";

/** Everything between a picture and what is to be seen on it. @throws AppError `MODEL_WRONG`. */
export async function infer(
  session: Session,
  look: Look,
  manifest: ModelManifest,
  score_min: ScoreMin,
): Promise<readonly Detection[]> {
  const { outputs, letterbox } = await outputsOf(session, look, manifest);
  const boxes = FAMILIES[manifest.family].read(outputs, letterbox, classesOf(manifest, score_min));
  return found(boxes.filter(isSomewhere), look, manifest.overlap_max);
}

/** The network's own answer, by the names of its family, and where the picture lay in its input. */
export async function outputsOf(
  session: Session,
  look: Look,
  manifest: ModelManifest,
): Promise<{ readonly outputs: Outputs; readonly letterbox: Letterbox }> {
  const { input } = manifest;
  const letterbox = fitted(look, input);
  const values = networkInput(look, letterbox, input);
  const shape = [1, 3, letterbox.input_height_px, letterbox.input_width_px];
  const given = await session.run({
    [input.name]: { shape, values },
    ...FAMILIES[manifest.family].inputs(input, letterbox),
  });
  const outputs = Object.entries(manifest.outputs).map(([role, name]) => {
    const output = given[name];
    if (!output) throw new AppError("MODEL_WRONG", `the network gives no "${name}"`);
    return [role, output] as const;
  });
  return { outputs: Object.fromEntries(outputs), letterbox };
}

/** A network that overflowed says nothing about where something is. */
function isSomewhere({ box }: Detection): boolean {
  return Number.isFinite(box.left + box.top + box.right + box.bottom);
}
