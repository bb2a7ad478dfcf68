import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import type { YardlineEvent } from "@yardline/events/event";
import { writeEvent } from "@yardline/events/write-event";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { scanAll, townYear } from "@yardline/index/testing";
import { useFolder } from "@yardline/upkeep/data-folder";
import { expect, onTestFinished, test } from "vitest";
import { run, runVerb } from "../testing.ts";
import { index } from "./index.ts";

const EVENTS = townYear(900, 3).filter(({ time }) => time < "2026-03");

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-index-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** The folder of a stopped town that holds events. */
async function townFolder(events: readonly YardlineEvent[] = EVENTS): Promise<string> {
  const folder = await makeFolder();
  (await useFolder(folder, systemClock))[Symbol.dispose]();
  const kept = await openEmbeddedIndex({ folder: join(folder, "index") });
  await kept.put(events);
  await kept.close();
  return folder;
}

async function keptIn(folder: string): Promise<YardlineEvent[]> {
  const kept = await openEmbeddedIndex({ folder: join(folder, "index") });
  return scanAll(kept).finally(() => kept.close());
}

test("rebuilds the index of a stopped town", async () => {
  const data = await townFolder();
  const before = await keptIn(data);
  const { code, out } = await runVerb(index, { data }, ["rebuild"]);
  expect({ code, out }).toEqual({
    code: 0,
    out: "the index is new; 0 statements came on the bus while it was made\n",
  });
  expect(await keptIn(data)).toEqual(before);
});

test("asks to stop a town that runs, and touches nothing of it", async () => {
  const data = await townFolder();
  using _town = await useFolder(data, systemClock);
  const { code, out } = await runVerb(index, { data }, ["rebuild"]);
  expect(code).toBe(0);
  expect(out).toContain("stop the town, run the same command again");
  const refused = await run("index", "migrate", "--from", data, "--to", await makeFolder());
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("stop it first") });
});

test("carries an index from folder to folder, with what waits on the bus; a second time changes nothing", async () => {
  const [from, to] = [await townFolder(), await makeFolder()];
  const bus = await openEmbeddedBus({ folder: join(from, "bus"), clock: systemClock });
  const [event] = EVENTS;
  if (!event) throw new Error("no event");
  await bus.publish("events", [{ key: "x", source: event.source, body: writeEvent(event) }]);
  await bus.close();
  const kept = (await keptIn(from)).length;
  for (let time = 1; time <= 2; time++) {
    const { code, out } = await runVerb(index, { from, to }, ["migrate"]);
    expect(code).toBe(0);
    expect(out).toBe(
      `${kept} events and 0 statements of the bus were carried over; start the town without --index\n`,
    );
  }
  expect(await keptIn(to)).toEqual(await keptIn(from));
});

test("an index that holds other events is no target", async () => {
  const [from, to] = [
    await townFolder(),
    await townFolder(townYear(50, 99).filter(({ time }) => time < "2026-03")),
  ];
  const refused = await run("index", "migrate", "--from", from, "--to", to);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("choose an empty place") });
});

test.for([
  [["index", "burn"], 'there is rebuild and migrate, no "burn"'],
  [["index", "migrate", "--from", "x"], "--to is missing"],
  [["index", "migrate", "--from", "http://u:secret@h", "--to", "x"], "--from: an address with a password"],
  [
    ["index", "migrate", "--from", "http://127.0.0.1:9", "--to", "http://127.0.0.1:9"],
    "name that of the records too: --records",
  ],
  [["index", "rebuild", "--data", "/nonexistent/town"], "There is no index in /nonexistent/town"],
] as const)("%s is refused in one line", async ([argv, reason]) => {
  const { code, err } = await run(...argv);
  expect(code).toBeGreaterThan(0);
  expect(err).toContain(reason);
  expect(err).not.toContain("secret");
});
