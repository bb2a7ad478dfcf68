import type { Detection } from "@yardline/domain/detection";
import { AppError } from "@yardline/domain/errors";
import type { Letterbox } from "@yardline/frames/letterbox";
import type { Classes, ModelManifest } from "../manifest.ts";
import type { Tensor } from "../runtime/session.ts";

/** What a network gave, by the names that its family uses. */
export type Outputs = Readonly<Record<string, Float32Array | undefined>>;

/** Networks whose answers are read in one way, whatever their weights. */
export type Family = {
  readonly name: ModelManifest["family"];
  /** The outputs that have to be named, in one of these forms. */
  readonly forms: readonly (readonly string[])[];
  /** Inputs beside the picture. */
  inputs(input: ModelManifest["input"], letterbox: Letterbox): Readonly<Record<string, Tensor>>;
  /**
   * All boxes of one look that reach their label's least score, in fractions of the looked-at part; overlaps and all.
   * @throws AppError `MODEL_WRONG` for outputs of another size than the family's.
   */
  read(outputs: Outputs, letterbox: Letterbox, classes: Classes): Detection[];
};

export function defineFamily(family: Family): Family {
  return family;
}

/** @throws AppError `MODEL_WRONG`. */
export function wrongOutput(family: string, why: string): never {
  throw new AppError("MODEL_WRONG", `the network's answer is not one of the ${family} family: ${why}`);
}

/** The class of ours with the best score that reaches its least, of `scores` from `at` on. */
export function bestClass(scores: Float32Array, at: number, classes: Classes, factor = 1) {
  let best: { readonly label: Detection["label"]; readonly score: number } | undefined;
  for (const { label, number, least } of classes) {
    const score = factor * (scores[at + number] ?? 0);
    if (score >= least && score > (best?.score ?? 0)) best = { label, score: Math.min(1, score) };
  }
  return best;
}

/** One past the highest class that is asked for. */
export function classesMin(classes: Classes): number {
  return Math.max(...classes.map(({ number }) => number)) + 1;
}
