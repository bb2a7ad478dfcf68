import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureListeners } from "./api-listeners.ts";
import { measureLogins } from "./api-logins.ts";
import { measureSearch } from "./api-search.ts";
import { say, tell } from "./tell.ts";

/**
 * What the doors cost, each figure beside its budget. Arguments: how many events the index holds (10 million), and the names of the
 * parts to run; `--index FOLDER` keeps the filled index there for the next run.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { index: { type: "string" } } });
const [given = "10000000", ...names] = positionals;
const YEAR_MS = 365 * 86_400_000;
const FROM_MS = Date.parse("2026-01-01T00:00:00Z");
const TOWN = { events: Number(given), from_ms: FROM_MS, to_ms: FROM_MS + YEAR_MS, seed: 1 };

const PARTS = {
  search(folder: string) {
    const run = { rounds: 60, load_s: 10, ...(values.index !== undefined && { kept: values.index }) };
    return measureSearch(folder, TOWN, run, (line) => say(`     ${line}`));
  },
  listeners: () => measureListeners({ listeners: 2_000, events_per_s: 2, seconds: 30 }),
  logins: (folder: string) => measureLogins(folder, { attempts_per_s: 1_000, seconds: 10 }),
} as const;

for (const [name, measure] of Object.entries(PARTS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  say(`bench api, ${name}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  for (const { what, value, unit, budget } of await measure(folder)) tell(what, value, unit, budget);
  await rm(folder, { recursive: true, force: true });
}
