import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { YardlineEvent } from "@yardline/events/event";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { makeBackup } from "./backup.ts";
import { restoreBackup } from "./restore.ts";
import { makeFolder } from "./testing/kept-folder.ts";
import { eventsIn, openFolder } from "./testing/open-folder.ts";
import { workOptions } from "./testing/options.ts";
import { lost } from "./testing/statements.ts";

/** A town in a process of its own that never rests; `acknowledged` has the highest revision of each camera's occurrence. */
async function startBusyTown(folder: string) {
  const file = fileURLToPath(new URL("./fixtures/busy-town.ts", import.meta.url));
  const child = spawn(process.execPath, [file, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged = new Map<string, number>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [camera = "", revision] = line.split(" ");
    acknowledged.set(camera, Number(revision));
  });
  const kill = async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  };
  onTestFinished(kill);
  await eventually(() => expect(acknowledged.size).toBeGreaterThan(20), 20_000);
  return { acknowledged, kill };
}

const isOpen = ({ state }: YardlineEvent) => state === "open" || state === "updated";
const occurrencesOf = (events: readonly YardlineEvent[]) =>
  events.map(({ occurrence }) => occurrence).toSorted();

test.for([
  { name: "a town that runs", killed_ms: undefined, rounds: 3 },
  { name: "a town that is killed meanwhile", killed_ms: 10, rounds: 1 },
  { name: "a town that was killed", killed_ms: 0, rounds: 1 },
])(
  "a backup of $name loses nothing that was acknowledged before it, doubles nothing, forgets no end",
  async (kind) => {
    const folder = join(makeFolder(), "town");
    const town = await startBusyTown(folder);
    for (let round = 0; round < kind.rounds; round++) {
      if (kind.killed_ms === 0) await town.kill();
      const before = new Map(town.acknowledged);
      const file = join(makeFolder(), "town.tar.zst");
      const making = makeBackup({ ...workOptions(), folder, file, media: true });
      if (kind.killed_ms) await delay(kind.killed_ms).then(town.kill);
      expect((await making).damaged).toEqual([]);

      const restored = join(makeFolder(), "town");
      await restoreBackup({ ...workOptions(), file, folder: restored, replace: false });
      const { index, bus, producer, close } = await openFolder(restored);
      try {
        await eventually(async () => expect(await bus.lag("events", "indexer")).toBe(0), 20_000);
        const events = await eventsIn(index);
        const revisions = new Map(events.map(({ data, revision }) => [String(data["camera"]), revision]));
        const missing = [...before].filter(([camera, revision]) => (revisions.get(camera) ?? -1) < revision);
        expect(missing).toEqual([]);
        expect(new Set(occurrencesOf(events)).size).toBe(events.length);
        // Each occurrence that goes on is known to the producer: it can be told to its end.
        expect(occurrencesOf(events.filter(isOpen))).toEqual(occurrencesOf(producer.listOpen()));
        await producer.state(
          producer.listOpen().map(({ data }) => lost(String(data["camera"]), 99, "closed")),
        );
        await eventually(async () => expect((await eventsIn(index)).filter(isOpen)).toEqual([]), 20_000);
      } finally {
        await close();
      }
    }
  },
);
