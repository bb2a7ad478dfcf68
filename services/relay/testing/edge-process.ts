import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import { pino } from "pino";
import { runRelay } from "../relay.ts";
import { lostAt, recordOf } from "./statements.ts";

/**
 * An edge box without cameras: states two revisions of one occurrence after another on its own bus, as many statements a second as
 * told, and relays them, until it is killed or gets SIGTERM. Prints a line `occurrence revision` for each statement that its bus has
 * acknowledged. SIGUSR2 ends the stating; `caught up` follows once the region has everything. Arguments: folder, region, file of its identity, statements a second.
 */
const [folder = "", region = "", identity = "", per_s = ""] = process.argv.slice(2);
/** Statements come in handfuls, so that timers need not be finer than they are. */
const TURN_MS = 20;
const ANSWER_MS_MAX = 1_500;

const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
let stating = true;
process.once("SIGUSR2", () => {
  stating = false;
});

const clock = systemClock;
const log = pino({ level: "warn" }, process.stderr);
const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
const relaying = runRelay({
  ...{ bus, region: new URL(region), identity: JSON.parse(await readFile(identity, "utf8")) },
  ...{ clock, log, random: Math.random, signal: stop.signal, answer_ms_max: ANSWER_MS_MAX },
});
process.stdout.write("ready\n");

const began_ms = clock.monotonic_ms();
let stated = 0;
let caught_up = false;
let at_ms = clock.now_ms();
while (!stop.signal.aborted) {
  const due = stating ? Math.floor(((clock.monotonic_ms() - began_ms) / 1000) * Number(per_s)) - stated : 0;
  const events = Array.from({ length: Math.floor(due / 2) }, () => {
    at_ms = Math.max(at_ms + 1, clock.now_ms());
    return [lostAt(at_ms, 0), lostAt(at_ms, 1)];
  }).flat();
  await bus.publish("events", events.map(recordOf));
  for (const { occurrence, revision } of events) process.stdout.write(`${occurrence} ${revision}\n`);
  stated += events.length;
  if (!stating && !caught_up && (await bus.lag("events", "relay")) === 0) {
    caught_up = true;
    process.stdout.write("caught up\n");
  }
  await wait(TURN_MS);
}
await relaying;
await bus.close();
