import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findOrMakeKey } from "./key.ts";
import { verifierOf, verifierText } from "./signed-note.ts";

test("a key is made once, for its owner alone, and one that is none is not replaced", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-key-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "audit/key.pem");
  const text = async () => verifierText(verifierOf(await findOrMakeKey("town", path)));
  expect(await text()).toBe(await text());
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, "nothing");
  await expect(text()).rejects.toMatchObject({ code: "AUDIT_KEY" });
});
