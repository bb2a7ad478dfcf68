import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AppError, messageOf } from "@yardline/domain/errors";
import { Value } from "typebox/value";
import { parse } from "yaml";
import { CATALOGUE, DEFAULT_MODEL } from "./catalogue.ts";
import { ModelManifest } from "./manifest.ts";
import { prepareModels } from "./prepare.ts";
import type { Model } from "./read-model.ts";

const MANIFEST_CHARS_MAX = 100_000;
const ALIASES_MAX = 20;

/**
 * The model of that name in the catalogue, or of the manifest (YAML or JSON) that lies there.
 * @param root the checkout: pulled models lie in its `.yardline/models`.
 * @throws AppError `MODEL_UNKNOWN`, `MODEL_MANIFEST`.
 */
export async function findModel(named: string, root: string): Promise<Model> {
  if (isManifest(named)) return readManifest(named, root);
  const manifest = CATALOGUE.find(({ name }) => name === named);
  if (manifest) return { manifest, path: placeOf(manifest, root) };
  const names = CATALOGUE.map(({ name }) => name).join(", ");
  const message = `there is no model "${named}"; there are ${names}, and any manifest (a .yaml or .json file)`;
  throw new AppError("MODEL_UNKNOWN", message);
}

/** Whether a model is named by its manifest's path. */
export function isManifest(named: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(named);
}

/** A model whose file is there: the one that comes with the packages is made when it is not. @throws AppError as `findModel`, `prepareModels`. */
export async function getModel(
  named: string,
  { root, report }: { readonly root: string; readonly report: (line: string) => void },
): Promise<Model> {
  const model = await findModel(named, root);
  if ("package" in model.manifest.origin) await prepareModels({ root, report });
  return model;
}

/** Where a pulled or converted file lies. Its digest is in the name, so that two manifests of one name do not meet. */
function placeOf({ name, origin, sha256 }: ModelManifest, root: string): string {
  const file = "package" in origin ? DEFAULT_MODEL.name : `${name}-${sha256.slice(0, 12)}`;
  return join(root, ".yardline/models", `${file}.onnx`);
}

async function readManifest(file: string, root: string): Promise<Model> {
  const manifest = await parsed(file);
  const { origin } = manifest;
  if ("package" in origin && manifest.sha256 !== DEFAULT_MODEL.sha256) {
    refuse(file, `only ${DEFAULT_MODEL.name} comes out of a package`);
  }
  const path = "file" in origin ? resolve(dirname(file), origin.file) : placeOf(manifest, root);
  return { manifest, path, tried: join(root, ".yardline/models/tried") };
}

async function parsed(file: string): Promise<ModelManifest> {
  let value: unknown;
  try {
    const text = await readFile(file, "utf8");
    if (text.length > MANIFEST_CHARS_MAX) refuse(file, "it is far too long");
    value = parse(text, { schema: "core", uniqueKeys: true, maxAliasCount: ALIASES_MAX });
  } catch (cause) {
    refuse(file, messageOf(cause).split("\n")[0] ?? "");
  }
  if (Value.Check(ModelManifest, value)) return value;
  const [first] = Value.Errors(ModelManifest, value);
  return refuse(file, `${first?.instancePath || "/"} ${first?.message ?? "is wrong"}`);
}

function refuse(file: string, why: string): never {
  throw new AppError("MODEL_MANIFEST", `${file} is no manifest of a model: ${why}`);
}
