import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAudit } from "@yardline/audit/audit";
import { originOf, signCheckpoint } from "@yardline/audit/checkpoint";
import { openFileStore } from "@yardline/audit/file-store";
import { verifierOf } from "@yardline/audit/signed-note";
import { deed } from "@yardline/audit/testing";
import { expect, onTestFinished, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { NOON_MS, TENANT } from "../testing/scenes.ts";

const signer = {
  name: originOf(TENANT),
  key: generateKeyPairSync("ed25519").privateKey,
};

/** A real log on disk, and the doors on it. */
async function withLog() {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-proof-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const store = await openFileStore({ folder, file_bytes: 64 * 1024 });
  onTestFinished(() => store.close());
  const audit = openAudit(store, { now_ms: () => NOON_MS }, verifierOf(signer));
  for (let n = 0; n < 20; n++) await audit.write(deed({ tenant: TENANT, purpose: `n ${n}` }));
  const { identity, headersOf } = await signedInPeople();
  const app = await testApp({ identity, audit });
  const headers = await headersOf("privacy-officer");
  const prove = async (checkpoints?: string) => {
    const payload = checkpoints === undefined ? {} : { checkpoints };
    return (await app.inject({ method: "POST", url: "/v1/audit/proof", headers, payload })).json();
  };
  const checkpoint = async () =>
    signCheckpoint({ origin: signer.name, ...(await audit.head()), at_ms: NOON_MS }, signer);
  return { folder, audit, prove, checkpoint };
}

test("a log as it was written has no findings, and what that is worth without a checkpoint is said", async () => {
  const { prove, checkpoint } = await withLog();
  const kept = await checkpoint();
  const first = await prove();
  expect(first).toMatchObject({ first_seq: 0, findings: [], findings_count: 0, proven: 0 });
  expect(first.unproven.join()).toMatch(/cannot be told/);
  // The verification is written down itself, before it is made.
  expect(first.entries).toBe(21);
  expect(await prove(`A saved mail.\n\n${kept}`)).toMatchObject({ proven: 20, findings: [], entries: 22 });
});

test("one changed byte is found and named, and a forged checkpoint is believed by nobody", async () => {
  const { folder, prove, checkpoint } = await withLog();
  const [name = ""] = (await readdir(folder)).filter((each) => each.endsWith(".log"));
  const text = await readFile(join(folder, name), "latin1");
  await writeFile(join(folder, name), text.replace("n 7", "n 8"), "latin1");
  const changed = await prove();
  expect(changed.findings_count).toBeGreaterThan(0);
  expect(changed.findings[0]).toMatchObject({ kind: "changed", place: `${name}:8` });
  const forged = (await checkpoint()).replace("\n21\n", "\n20\n");
  const { findings } = await prove(forged);
  expect(findings.at(-1)).toMatchObject({ kind: "checkpoint" });
});
