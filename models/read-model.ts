import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { AppError, messageOf } from "@yardline/domain/errors";
import { isBiometric } from "@yardline/domain/no-biometrics";
import { FAMILIES } from "./families/families.ts";
import type { ModelManifest } from "./manifest.ts";
import { type GraphEdge, type GraphFace, inspectOnnx } from "./onnx/inspect-onnx.ts";
import { printable, refuse } from "./onnx/refuse.ts";

/** A model, where its ONNX file lies, and in which folder the good end of its trial is remembered. */
export type Model = { readonly manifest: ModelManifest; readonly path: string; readonly tried?: string };

/** Of an ONNX file: five times the largest of the families that we read. */
export const MODEL_BYTES_MAX = 512 * 1024 * 1024;

/**
 * The bytes of a model, checked before anything makes sense of them: digest, then the graph, then what it takes and gives.
 * @throws AppError `MODEL_MISSING`, `MODEL_DIGEST`, `MODEL_UNREADABLE`, `MODEL_REFUSED`, `MODEL_WRONG`.
 */
export async function readModel({ manifest, path }: Model): Promise<Uint8Array> {
  const bytes = await readLimited(path, manifest.name);
  checkModel(manifest, bytes);
  return bytes;
}

/** @throws AppError as `readModel`, `MODEL_MISSING` apart. */
export function checkModel(manifest: ModelManifest, bytes: Uint8Array): void {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== manifest.sha256) {
    const message = `the file is not ${manifest.name}: its digest is ${sha256}, the manifest says ${manifest.sha256}; it was not read. Pull it again, or mend the manifest`;
    throw new AppError("MODEL_DIGEST", message);
  }
  checkFace(manifest, inspectOnnx(bytes));
}

/** @throws AppError `MODEL_MISSING`, also for what is larger than any model. */
export async function readLimited(path: string, name: string): Promise<Uint8Array> {
  try {
    await using file = await open(path, "r");
    const { size } = await file.stat();
    if (size > MODEL_BYTES_MAX) throw new Error(`${size} bytes, no model is larger than ${MODEL_BYTES_MAX}`);
    return await file.readFile();
  } catch (cause) {
    const message = `the file of the model ${name} cannot be read (${messageOf(cause)}); ./yardline models pull brings it`;
    throw new AppError("MODEL_MISSING", message, { cause });
  }
}

/** Whether a graph takes and gives what its manifest says. */
function checkFace(manifest: ModelManifest, { inputs, outputs }: GraphFace): void {
  const { input, family } = manifest;
  const { side_px, step_px = side_px, size_name, name } = input;
  if (side_px % step_px !== 0) wrong(`step_px ${step_px} does not divide side_px ${side_px}`);
  for (const wanted of [name, ...(size_name === undefined ? [] : [size_name])]) {
    const there = inputs.some((each) => each.name === wanted);
    if (!there) wrong(`the graph has no input "${wanted}" but ${namesOf(inputs)}`);
  }
  for (const each of inputs) if (each.name === name) checkPicture(each, input);
  const { forms } = FAMILIES[family];
  const roles = Object.keys(manifest.outputs);
  if (!forms.some((form) => form.length === roles.length && form.every((role) => roles.includes(role)))) {
    wrong(`a ${family} names the outputs ${forms.map((form) => form.join(", ")).join(" or ")}`);
  }
  for (const output of Object.values(manifest.outputs)) {
    const there = outputs.some((each) => each.name === output);
    if (!there) wrong(`the graph has no output "${output}" but ${namesOf(outputs)}`);
  }
  // Nobody would ask for it, and yet: a network that can tell persons apart has no place on a box that films them.
  const biometric = outputs.find((each) => isBiometric(each.name));
  if (biometric) refuse(`its output "${biometric.name}" tells who somebody is`);
}

const FLOAT32 = 1;

/** An input of a fixed size takes that size and no other. */
function checkPicture({ name, type, shape }: GraphEdge, { side_px, step_px }: ModelManifest["input"]): void {
  const side = step_px === undefined ? side_px : undefined;
  const wanted = [1, 3, side, side];
  const fits = shape.every((given, at) => given === undefined || given === wanted[at]);
  if (type === FLOAT32 && shape.length === wanted.length && fits) return;
  const told = (sides: GraphEdge["shape"]) => sides.map((each) => each ?? "any").join(" × ");
  wrong(`its input "${printable(name)}" is ${told(shape)} of kind ${type}, not ${told(wanted)} of float32`);
}

function namesOf(edges: GraphFace["inputs"]): string {
  return printable(edges.map(({ name }) => `"${name}"`).join(", ") || "none");
}

function wrong(why: string): never {
  throw new AppError("MODEL_WRONG", `manifest and model do not fit: ${why}`);
}
