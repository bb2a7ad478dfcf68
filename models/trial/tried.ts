import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Value } from "typebox/value";
import { CATALOGUE } from "../catalogue.ts";
import { RUNTIME_VERSION } from "../runtime/providers.ts";
import { writeWhole } from "../write-whole.ts";
import { type Candidate, Trial, type TrialLimits, tryModel } from "./try-model.ts";

/**
 * Makes sure that a model may be run inside a process that does other things: one of the catalogue may, its digest stands in our own
 * code; any other has a trial first, whose good end is remembered for these bytes, this input and this runtime. A bad end is not: it may
 * have been the machine's.
 * @param folder where it is remembered; left out, or where nothing can be written, the trial is repeated each time.
 * @throws AppError as `tryModel`.
 */
export async function ensureTried(
  candidate: Candidate,
  folder: string | undefined,
  limits?: TrialLimits,
): Promise<void> {
  if (isOurs(candidate)) return;
  const file = folder === undefined ? undefined : join(folder, `${keyOf(candidate)}.json`);
  if (file !== undefined && (await isRemembered(file))) return;
  const trial = await tryModel(candidate, limits);
  if (file === undefined) return;
  await writeWhole(file, (part) => part.writeFile(JSON.stringify(trial))).catch(() => undefined);
}

function isOurs({ manifest: { sha256, input } }: Candidate): boolean {
  return CATALOGUE.some((each) => each.sha256 === sha256 && isDeepStrictEqual(each.input, input));
}

function keyOf({ manifest: { sha256, family, input, outputs }, provider }: Candidate): string {
  const all = JSON.stringify([sha256, family, input, outputs, provider, RUNTIME_VERSION]);
  return createHash("sha256").update(all).digest("hex");
}

async function isRemembered(file: string): Promise<boolean> {
  try {
    return Value.Check(Trial, JSON.parse(await readFile(file, "utf8")));
  } catch {
    return false;
  }
}
