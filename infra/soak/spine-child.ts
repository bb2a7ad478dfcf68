import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { isoOf, systemClock } from "@yardline/domain/time";
import { stateEvent } from "@yardline/events/event-type";
import { transitStopVisit } from "@yardline/events/transit-stop-visit";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { runIndexer } from "@yardline/indexer/indexer";
import { tellParent } from "@yardline/testkit/tell-parent";
import { pino } from "pino";

/**
 * Writes to an embedded bus and carries it into an embedded index until it is killed: three revisions of one occurrence after
 * another, a line `occurrence revision` for each that the bus has acknowledged. Arguments: the folder, a number of this life.
 */
const [folder = "", life = ""] = process.argv.slice(2);
const PUBLISHERS = 8;

const clock = systemClock;
const log = pino({ level: "silent" });
const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock });
const index = await openEmbeddedIndex({ folder: join(folder, "index") });
void runIndexer({ bus, index, clock, log, signal: new AbortController().signal });
await Promise.all(Array.from({ length: PUBLISHERS }, (_, publisher) => publishForEver(publisher)));

async function publishForEver(publisher: number): Promise<never> {
  for (let n = 0; ; n++) {
    // Spread over some weeks, so that several files of the index are open at once.
    const at_ms = clock.now_ms() - (n % 40) * 86_400_000;
    for (const revision of [0, 1, 2]) {
      const event = visitOf(`${life}-${publisher}-${n}`, at_ms, revision);
      const body = new TextEncoder().encode(JSON.stringify(event));
      await bus.publish("events", [{ key: event.occurrence, source: event.source, body }]);
      tellParent(`${event.occurrence} ${revision}`);
    }
  }
}

function visitOf(trip_id: string, at_ms: number, revision: number) {
  const data = {
    feed: "soak",
    service_date: "20261122",
    trip_id,
    route_id: "7",
    stop_id: "s",
    stop_sequence: 0,
    vehicle_id: "041",
    scheduled_at: isoOf(at_ms),
    arrived_at: isoOf(at_ms + 1000 * revision),
    delay_s: revision,
  };
  const statement = { source: "feed/soak", tenant: "soak", state: "updated", severity: "info" } as const;
  return stateEvent(transitStopVisit, data, { ...statement, revision });
}
