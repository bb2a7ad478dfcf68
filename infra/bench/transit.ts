import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { sharedData } from "../soak/rtsp-cameras.ts";
import { say, tell } from "./tell.ts";
import { measureLive } from "./transit-live.ts";
import { measureReplay } from "./transit-replay.ts";
import { measureTown } from "./transit-town.ts";

/** What buses cost: a recorded day replayed, and a large city's live; each figure beside its budget. */
const ROOT = join(import.meta.dirname, "../..");
const DAY = "2015-06-07";
const BUSES = 10_000;
const SECONDS = 30;
const TOWN = { settle_s: 40, seconds: 60, load_s: 10 };

say(`bench transit; load of the machine ${loadavg()[0]?.toFixed(1)}`);
const folder = join(sharedData(ROOT), `transport/capmetro-${DAY}`);
if (existsSync(folder)) {
  for (const { what, value, unit, budget } of await measureReplay(folder, DAY))
    tell(what, value, unit, budget);
} else {
  say("     the replay needs ../shared/data");
}
for (const { what, value, unit, budget } of await measureLive(BUSES, SECONDS))
  tell(what, value, unit, budget);
say("     a whole town over EGTS and HTTP:");
for (const { what, value, unit, budget } of await measureTown({ buses: BUSES, ...TOWN }))
  tell(what, value, unit, budget);
