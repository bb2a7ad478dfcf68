import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { sha256Hex } from "./bundle-format.ts";
import { type EvidenceFacts, NOT_PROVEN } from "./statement.ts";
import { openTownKey, type TownKey } from "./town-key.ts";
import { beginBundle } from "./write-bundle.ts";

export const FACTS: EvidenceFacts = {
  id: "e1",
  town: "Demo",
  tenant: "demo",
  software: "yardline 0.1.0",
  form: "original",
  made_at: "2026-11-22T12:00:00.000Z",
  asked_by: "olena",
  purpose: "theft of a bicycle",
  legal_basis: { ground: "police-request", reference: "№ 12/345" },
  periods: [],
  recordings: [],
  events: [],
  redactions: [],
  clock: [],
  custody: [],
  not_proven: NOT_PROVEN,
};

export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-evidence-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A signed bundle of these files, as bytes, and the key that signed it. */
export async function testBundle(
  files: Readonly<Record<string, Uint8Array>>,
  facts: Partial<EvidenceFacts> = {},
): Promise<{
  readonly data: Uint8Array;
  readonly key: TownKey;
  readonly folder: string;
  readonly path: string;
}> {
  const folder = await testFolder();
  const key = await openTownKey(join(folder, "key"));
  const path = join(folder, "bundle.zip");
  const writer = await beginBundle(path, key);
  for (const [name, data] of Object.entries(files)) await writer.add(name, data);
  await writer.finish({ ...FACTS, ...facts });
  return { data: new Uint8Array(await readFile(path)), key, folder, path };
}

/** A recording that is in a bundle as `file`, with the hash of these bytes. */
export async function recordingFact(
  file: string,
  data: Uint8Array,
): Promise<EvidenceFacts["recordings"][number]> {
  return {
    file,
    id: "s1",
    camera: "yard",
    connection: "c1",
    from: "2026-11-22T11:00:00.000Z",
    to: "2026-11-22T11:00:04.000Z",
    bytes: data.length,
    sha256: await sha256Hex(data),
    hashed_at: "2026-11-22T11:00:04.100Z",
  };
}
