import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { runVerb } from "../testing.ts";
import { backup } from "./backup.ts";
import { restore } from "./restore.ts";

async function withRecords<Result>(
  data: string,
  work: (records: Awaited<ReturnType<typeof openSqliteRecords>>) => Promise<Result>,
): Promise<Result> {
  const records = await openSqliteRecords({ path: join(data, "records.sqlite") });
  return await work(records).finally(() => records.close());
}

test("a town is put back as it was, what was there is told, and what has to be done next", async () => {
  const top = mkdtempSync(join(tmpdir(), "yardline-restore-verb-"));
  onTestFinished(() => rmSync(top, { recursive: true }));
  const [data, out] = [join(top, "town"), join(top, "town.tar.zst")];
  await withRecords(data, (records) => records.write([{ kind: "setting", id: "name", value: "before" }]));
  await runVerb(backup, { data, out });
  await withRecords(data, (records) => records.write([{ kind: "setting", id: "name", value: "after" }]));

  await expect(runVerb(restore, { data }, [out])).rejects.toMatchObject({ code: "RESTORE_NOT_EMPTY" });
  const { code, out: said } = await runVerb(restore, { data, replace: true }, [out]);
  expect({ code, lines: said.trimEnd().split("\n") }).toEqual({
    code: 0,
    lines: [
      `${data} is as it was at 1970-01-01T00:00:00.000Z; what was there is in ${data}.replaced-19700101T000000Z`,
      `it is of Yardline 0.1.0: start that, or run ./yardline upgrade --data ${data}`,
    ],
  });
  const row = await withRecords(data, (records) => records.find("setting", "name"));
  expect(row?.value).toBe("before");
});
