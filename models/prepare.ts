import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { convertCenterNet } from "./centernet/convert.ts";
import { checkAgainstGolden } from "./centernet/golden.ts";
import { CENTERNET } from "./centernet/manifest.ts";
import { writeWhole } from "./write-whole.ts";

const require = createRequire(import.meta.url);

/**
 * Makes the default detector ready: converts it, checks it against the golden result and puts it under `.yardline/models`.
 * Where the file is there already and has the manifest's digest, nothing is done, in milliseconds. The file appears whole or
 * not at all, whatever is killed when, also with several set-ups at once.
 * @param report a line for whoever waits, only when something is done.
 * @throws AppError `MODEL_SOURCE_CHANGED`, `MODEL_WRONG`, `MODEL_UNREADABLE`, `MODEL_UNSUPPORTED`.
 */
export async function prepareModels({
  root,
  report,
}: {
  readonly root: string;
  readonly report: (line: string) => void;
}): Promise<{ readonly path: string }> {
  const path = join(root, ".yardline/models", `${CENTERNET.name}.onnx`);
  if ((await findDigest(path)) === CENTERNET.sha256) return { path };
  report(`Converting the detector (${CENTERNET.package}, ${CENTERNET.licence}) …`);
  const bytes = convertCenterNet(
    new TextDecoder().decode(await getSource(CENTERNET.files.graph)),
    await getSource(CENTERNET.files.weights),
  );
  if (sha256(bytes) !== CENTERNET.sha256) {
    throw new AppError(
      "MODEL_WRONG",
      `the converter made another file than models/centernet/manifest.ts names: ${sha256(bytes)}`,
    );
  }
  await checkAgainstGolden(bytes);
  await writeWhole(path, (file) => file.writeFile(bytes));
  report("The detector is converted and checked against its golden result.");
  return { path };
}

/** A file of the npm package, with the digest that the manifest wants. */
async function getSource(file: { readonly path: string; readonly sha256: string }): Promise<Uint8Array> {
  // The package's entry is dist/…; the models are not among its exports.
  const entry = require.resolve("@vladmandic/human");
  const path = join(dirname(entry), "..", file.path);
  const bytes = await readFile(path);
  if (sha256(bytes) === file.sha256) return bytes;
  const message = `${path} is not the file that this converter knows; pnpm install --frozen-lockfile brings it back`;
  throw new AppError("MODEL_SOURCE_CHANGED", message);
}

async function findDigest(path: string): Promise<string | undefined> {
  return readFile(path).then(sha256, () => undefined);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
