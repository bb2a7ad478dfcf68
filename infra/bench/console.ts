import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { measureDispatcher } from "./dispatcher-page.ts";
import { measureStopPage } from "./stop-page.ts";
import { say, tell } from "./tell.ts";

/** What a passenger's phone has to load and to do before a stop's page tells when the bus comes, and what a busy hour costs a dispatcher's. */
const ROOT = join(import.meta.dirname, "../../services/console");
const TIMES = 9;
const DUTY = { markers: 1_000, buses: 40, events_per_s: 10, seconds: 20, events: [1_000, 5_000, 10_000] };

say(`bench console; load of the machine ${loadavg()[0]?.toFixed(1)}`);
const dist = await mkdtemp(join(tmpdir(), "yardline-bench-page-"));
process.env["NODE_ENV"] = "production";
await build({ root: ROOT, logLevel: "error", build: { outDir: dist, emptyOutDir: true } });
try {
  for (const { what, value, unit, budget } of await measureStopPage(dist, TIMES))
    tell(what, value, unit, budget);
  for (const { what, value, unit, budget } of await measureDispatcher(dist, DUTY))
    tell(what, value, unit, budget);
} finally {
  await rm(dist, { recursive: true });
}
