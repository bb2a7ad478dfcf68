import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { openRecordsStore } from "./records-store.ts";
import { describeAuditStore } from "./testing.ts";

describeAuditStore("in Records on SQLite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-audit-"));
  let records: Records | undefined;
  return {
    isShared: true,
    async open() {
      records ??= await openSqliteRecords({ path: join(folder, "records.sqlite") });
      return openRecordsStore(records);
    },
    async remove() {
      await records?.close();
      await rm(folder, { recursive: true });
    },
  };
});
