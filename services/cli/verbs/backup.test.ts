import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { runVerb } from "../testing.ts";
import { backup } from "./backup.ts";

/** A folder with a town that keeps one setting, and a place for backups. */
async function aTown() {
  const top = mkdtempSync(join(tmpdir(), "yardline-backup-verb-"));
  onTestFinished(() => rmSync(top, { recursive: true }));
  const data = join(top, "town");
  const records = await openSqliteRecords({ path: join(data, "records.sqlite") });
  await records.write([{ kind: "setting", id: "name", value: "Вишневе" }]);
  await records.close();
  return { data, out: join(top, "backups") };
}

test("a backup is made under the time's name, and proves whole", async () => {
  const { data, out } = await aTown();
  const made = await runVerb(backup, { data, out, "without-media": true });
  const file = join(out, "yardline-19700101T000000Z.tar.zst");
  expect(made).toEqual({
    code: 0,
    out: expect.stringMatching(/^.*\.tar\.zst: 1 files, .*, without media\n$/),
    err: "",
  });
  const checked = await runVerb(backup, { verify: file });
  expect(checked).toMatchObject({ code: 0, out: expect.stringContaining(`${file}: whole; made 1970-01-01`) });
});

test("only the newest are kept, and nothing else is touched", async () => {
  const { data, out } = await aTown();
  const names = ["yardline-19690101T000000Z.tar.zst", "yardline-19690102T000000Z.tar.zst", "mine.tar.zst"];
  await runVerb(backup, { data, out });
  for (const name of names) writeFileSync(join(out, name), "");
  const made = await runVerb(backup, { data, out, keep: "2" });
  expect(made.out).toContain("yardline-19690101T000000Z.tar.zst removed");
  expect(readdirSync(out)).toEqual(["mine.tar.zst", names[1], "yardline-19700101T000000Z.tar.zst"]);
});

test("a store that is damaged is told and ends with 1, and no older backup is removed for it", async () => {
  const { data, out } = await aTown();
  await runVerb(backup, { data, out: join(out, "yardline-19690101T000000Z.tar.zst") });
  const records = join(data, "records.sqlite");
  writeFileSync(records, readFileSync(records).fill(0x5a, 0, 4_096));
  const made = await runVerb(backup, { data, out, keep: "1" });
  expect(made).toMatchObject({
    code: 1,
    err: expect.stringMatching(/NOT in the backup: .*records.sqlite is damaged/),
  });
  expect(readdirSync(out)).toHaveLength(2);
});

test("it can be opened without Yardline", async () => {
  const { data, out } = await aTown();
  await runVerb(backup, { data, out });
  const unpack =
    "const z = require('node:zlib'); process.stdin.pipe(z.createZstdDecompress()).pipe(process.stdout)";
  const archive = readFileSync(join(out, "yardline-19700101T000000Z.tar.zst"));
  const { stdout: tar } = spawnSync(process.execPath, ["-e", unpack], { input: archive });
  const { stdout } = spawnSync("tar", ["-tf", "-"], { input: tar, encoding: "utf8" });
  expect(stdout).toBe("records.sqlite\nbackup.json\n");
});

test.for([
  [{}, "--out is missing"],
  [{ out: "a.tar.zst", keep: "7" }, "--keep wants a folder"],
  [{ out: "backups", keep: "none" }, "--keep none is no number"],
])("what cannot be meant is said: %j", async ([flags, says]) => {
  await expect(runVerb(backup, flags as Record<string, string>)).rejects.toThrow(says as string);
});
