import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { LABELS } from "@yardline/domain/detection";
import { expect, test } from "vitest";
import { convertCenterNet } from "./convert.ts";
import golden from "./fixtures/golden.json" with { type: "json" };
import { checkAgainstGolden } from "./golden.ts";
import { goldenPicture } from "./golden-picture.ts";
import { CENTERNET } from "./manifest.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const source = (path: string) =>
  readFileSync(join(createRequire(import.meta.url).resolve(CENTERNET.package), "../..", path));
const json = source(CENTERNET.files.graph.path).toString();
const weights = source(CENTERNET.files.weights.path);

test("labels stand in one order everywhere", () => {
  expect(Object.keys(CENTERNET.labels)).toEqual([...LABELS]);
  expect(golden.labels).toEqual([...LABELS]);
});

test("the drawn picture is the one that the original was asked about", () => {
  expect(sha256(goldenPicture().data)).toBe(golden.picture_sha256);
});

test("the conversion gives the manifest's bytes, and they say what the original says", async () => {
  const onnx = convertCenterNet(json, weights);
  expect(sha256(onnx)).toBe(CENTERNET.sha256);
  await checkAgainstGolden(onnx);
});

// Small mistakes of a converter, made on purpose.
test.for([
  ["one rectifier left out", () => convertCenterNet(json.replace('"UmVsdQ=="', '"Tm9uZQ=="'), weights)],
  [
    "enlarging about the pixels' centres",
    () => replaced(convertCenterNet(json, weights), "asymmetric", "half_pixel"),
  ],
] as const)("the golden result notices %s", async ([, convert]) => {
  const onnx = convert();
  expect(sha256(onnx)).not.toBe(CENTERNET.sha256);
  await expect(checkAgainstGolden(onnx)).rejects.toMatchObject({ code: "MODEL_WRONG" });
});

/** Another word of the same length everywhere in a file of bytes. */
function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll(from, to), "latin1");
}
