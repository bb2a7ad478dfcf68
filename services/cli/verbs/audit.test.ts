import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { originOf, signCheckpoint } from "@yardline/audit/checkpoint";
import { openFileStore } from "@yardline/audit/file-store";
import { findOrMakeKey } from "@yardline/audit/key";
import { verifierOf, verifierText } from "@yardline/audit/signed-note";
import { deed } from "@yardline/audit/testing";
import { expect, onTestFinished, test } from "vitest";
import { run, runVerb } from "../testing.ts";
import { audit } from "./audit.ts";

/** A town's folder with a log of three entries, its public key and a checkpoint that were kept elsewhere. */
async function townWithLog() {
  const data = await mkdtemp(join(tmpdir(), "yardline-audit-verb-"));
  onTestFinished(() => rm(data, { recursive: true }));
  const folder = join(data, "audit");
  const signer = await findOrMakeKey(originOf("town"), join(folder, "key.pem"));
  const key = join(data, "key.pub");
  await writeFile(key, verifierText(verifierOf(signer)));
  await writeFile(join(folder, "key.pub"), verifierText(verifierOf(signer)));
  const store = await openFileStore({ folder });
  const head = await store.append([deed(), deed({ who: "ivan" }), deed()], 1_000);
  await store.close();
  const checkpoint = join(data, "mail.eml");
  await writeFile(
    checkpoint,
    `Subject: checkpoint\n\nKeep it.\n\n${signCheckpoint({ origin: signer.name, ...head, at_ms: 2_000 }, signer)}`,
  );
  return { data, key, checkpoint, log: join(folder, "000000000000.log") };
}

test("a log that is as it was written is proven up to the checkpoint, and what is not proven is said", async () => {
  const { data, key, checkpoint } = await townWithLog();
  const { code, out, err } = await runVerb(audit, { data, key, checkpoint: [checkpoint] }, ["verify"]);
  expect([code, err]).toEqual([0, ""]);
  expect(out.split("\n")).toEqual([
    "3 entries, 0 to 2, 1970-01-01T00:00:01.000Z to 1970-01-01T00:00:01.000Z: all as they were written",
    "not proven: Whether entries were cut off since the newest checkpoint cannot be told; up to it none were.",
    "",
  ]);
  const bare = await runVerb(audit, { data }, ["verify"]);
  expect(bare.out).toMatch(/cannot be told: give --checkpoint/);
  expect(bare.out).toMatch(/That the key is the one it always was/);
});

test("a changed letter and a cut tail end with 1, and say where", async () => {
  const { data, key, checkpoint, log } = await townWithLog();
  const written = await readFile(log, "utf8");
  await writeFile(log, written.replace("ivan", "ivaN"));
  const changed = await runVerb(audit, { data, key }, ["verify"]);
  expect([changed.code, changed.err]).toEqual([
    1,
    "CHANGED 000000000000.log:2: this entry is not as it was written\n",
  ]);
  const last = written.lastIndexOf("\n", written.lastIndexOf("\n") - 1) + 1;
  await writeFile(log, written.slice(0, last).padEnd(written.length, "\0"));
  const cut = await runVerb(audit, { data, key, checkpoint: [checkpoint] }, ["verify"]);
  expect([cut.code, cut.err]).toEqual([
    1,
    "CUT checkpoint of 1970-01-01T00:00:02.000Z: it knows of 3 entries; the log ends after 2\n",
  ]);
});

test("writes the log out, one entry a line", async () => {
  const { data } = await townWithLog();
  const { out } = await runVerb(audit, { data }, ["export"]);
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).who),
  ).toEqual(["olena", "ivan", "olena"]);
});

test("what is not there is said", async () => {
  const { data, checkpoint } = await townWithLog();
  expect(await run("audit", "verify", "--data", join(data, "none"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/no audit log/),
  });
  expect(await run("audit", "verify", "--data", data, "--checkpoint", join(data, "key.pub"))).toMatchObject({
    code: 1,
    err: expect.stringMatching(/no checkpoint of yardline-audit.town in/),
  });
  expect(await run("audit", "prove")).toMatchObject({ code: 2 });
  expect(checkpoint).toBeDefined();
});
