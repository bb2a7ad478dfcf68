import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { convertCenterNet } from "./centernet/convert.ts";
import { checkAgainstGolden } from "./centernet/golden.ts";
import { CENTERNET } from "./centernet/manifest.ts";

const require = createRequire(import.meta.url);

/** A half-written file older than this belongs to nobody any more. */
const ABANDONED_MS = 3_600_000;

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
  const folder = join(root, ".yardline/models");
  const path = join(folder, `${CENTERNET.name}.onnx`);
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
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  await writeWhole(path, bytes);
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

/** Writes beside, then renames: nobody ever reads a part. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${randomUUID()}.part`;
  const file = await open(part, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
}

/** Removes what killed set-ups left behind. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".part") && Date.now() - (await stat(path)).mtimeMs > ABANDONED_MS)
      await rm(path, { force: true });
  }
}
