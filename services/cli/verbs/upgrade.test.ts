import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { useFolder } from "@yardline/upkeep/data-folder";
import { expect, onTestFinished, test } from "vitest";
import { runVerb } from "../testing.ts";
import { upgrade } from "./upgrade.ts";

test("an older folder is carried over, with the way back; then there is nothing to do", async () => {
  const top = mkdtempSync(join(tmpdir(), "yardline-upgrade-verb-"));
  onTestFinished(() => rmSync(top, { recursive: true }));
  const [data, backup] = [join(top, "town"), join(top, "before.tar.zst")];
  await (await openSqliteRecords({ path: join(data, "records.sqlite") })).close();
  await expect(useFolder(data, systemClock)).rejects.toMatchObject({ code: "FOLDER_OLD" });

  const first = await runVerb(upgrade, { data, backup });
  expect(first).toEqual({
    code: 0,
    out: `${data} went from format 1 to 2\nto go back: ./yardline restore ${backup} --data ${data} --replace, then start the release before\n`,
    err: `yardline: backing up to ${backup}\nyardline: from format 1 to 2\n`,
  });
  expect(await runVerb(upgrade, { data })).toEqual({
    code: 0,
    out: `${data} is of format 2 already; there is nothing to do\n`,
    err: "",
  });
  (await useFolder(data, systemClock))[Symbol.dispose]();
});
