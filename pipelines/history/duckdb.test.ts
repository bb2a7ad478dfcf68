import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckHistory } from "./duckdb.ts";
import { describeHistory } from "./testing.ts";

describeHistory("the history in SQLite and Parquet, asked through DuckDB", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-history-"));
  return {
    open: (clock) => openDuckHistory({ folder, clock, memory_mb: 256, threads: 1 }),
    remove: () => rm(folder, { recursive: true }),
  };
});
