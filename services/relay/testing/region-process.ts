import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import { openSqliteRecords } from "@yardline/records/sqlite";
import { pino } from "pino";
import { writeEdge } from "../edge-directory.ts";
import { startReceiver } from "../receiver.ts";
import { makeSigner, NORTH } from "./pki.ts";

/**
 * A region that is nothing but its receiver, until it is killed or gets SIGTERM. Prints its port. Arguments: folder, file of its
 * identity.
 */
const [folder = "", identity = ""] = process.argv.slice(2);
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());

const clock = systemClock;
const log = pino({ level: "warn" }, process.stderr);
const records = await openSqliteRecords({ path: join(folder, "records.sqlite") });
await writeEdge(records, { ...NORTH, sources: ["camera/north-*"] });
const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
const receiver = await startReceiver(
  {
    ...{ bus, records, clock, log, settings_key: makeSigner().signer },
    listen: { host: "127.0.0.1", port: 0 },
    tls: JSON.parse(await readFile(identity, "utf8")),
  },
  stop.signal,
);
process.stdout.write(`${receiver.port}\n`);
await receiver.stopped;
await bus.close();
await records.close();
