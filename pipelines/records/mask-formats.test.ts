import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findMaskFormat, keepMaskFormat } from "./mask-formats.ts";
import { openSqliteRecords } from "./sqlite.ts";

const TRIANGLE = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;

test("a format is of one mask of one camera, over a restart; another mask has none, and a broken row is an error", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-masks-"));
  const path = join(folder, "records.sqlite");
  let records = await openSqliteRecords({ path });
  onTestFinished(async () => {
    await records.close();
    await rm(folder, { recursive: true });
  });
  await keepMaskFormat(records, "yard", [TRIANGLE], "640×360 yuv420p");
  await records.close();
  records = await openSqliteRecords({ path });
  expect(await findMaskFormat(records, "yard", [TRIANGLE])).toBe("640×360 yuv420p");
  expect(await findMaskFormat(records, "gate", [TRIANGLE])).toBeUndefined();
  expect(await findMaskFormat(records, "yard", [TRIANGLE, TRIANGLE])).toBeUndefined();
  await records.write([{ kind: "mask-format", id: "yard", value: { mask: 1 } }]);
  await expect(findMaskFormat(records, "yard", [TRIANGLE])).rejects.toMatchObject({
    code: "RECORDS_REFUSED",
  });
});
