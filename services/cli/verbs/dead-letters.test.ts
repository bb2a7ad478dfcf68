import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedBus } from "@yardline/bus/embedded";
import { systemClock } from "@yardline/domain/time";
import { deadLetterOf } from "@yardline/indexer/dead-letters";
import { expect, onTestFinished, test } from "vitest";
import { run, runVerb } from "../testing.ts";
import { UsageError } from "../verb.ts";
import { deadLetters } from "./dead-letters.ts";

async function folderWith(bodies: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-letters-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const bus = await openEmbeddedBus({ folder: join(folder, "bus"), clock: systemClock });
  const now_ms = Date.parse("1970-01-01T00:00:00Z");
  const records = bodies.map((body, n) => ({
    key: `${n}`,
    source: "camera/yard",
    body: Buffer.from(body),
    position: `2026-11-22:${n + 1}`,
  }));
  await bus.publish(
    "dead-letters",
    records.map((record) => deadLetterOf(record, "This is not an event: \u001b[2J it is broken.", now_ms)),
  );
  await bus.close();
  return folder;
}

test("lists what could not be read, and nothing of it steers the terminal", async () => {
  const data = await folderWith(["{", "\u001b]0;owned\u0007"]);
  const { code, out } = await runVerb(deadLetters, { data }, ["list"]);
  expect(code).toBe(0);
  const reason = "This is not an event: \uFFFD[2J it is broken.";
  expect(out.split("\n")).toEqual([
    `1970-01-01T00:00:00.000Z events 2026-11-22:1 from "camera/yard" key "0", 1 bytes: ${reason}`,
    "  {",
    `1970-01-01T00:00:00.000Z events 2026-11-22:2 from "camera/yard" key "1", 10 bytes: ${reason}`,
    "  \uFFFD]0;owned\uFFFD",
    "2 dead letters",
    "",
  ]);
});

test("reads them again: what cannot be read stays", async () => {
  const data = await folderWith(["{", "["]);
  const said = await runVerb(deadLetters, { data }, ["retry"]);
  expect(said).toEqual({ code: 0, out: "0 can be read now and were published again, 2 stay\n", err: "" });
  const { out } = await runVerb(deadLetters, { data }, ["list"]);
  expect(out).toContain("2 dead letters\n");
});

test("a mistake in the command line is named", async () => {
  await expect(runVerb(deadLetters, {}, ["burn"])).rejects.toThrow(UsageError);
  const both = await run("dead-letters", "list", "--data", "x", "--bus", "kafka://127.0.0.1:9");
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining("--bus or --data, not both") });
});
