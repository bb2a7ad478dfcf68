import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type RelayTally, relayCut, relayKills } from "./relay-cut.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "yardline-relay-cut-"));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

const held: Partial<RelayTally> = { lost: 0, doubled: 0 };

test("a line that is cut for some seconds loses nothing and doubles nothing", {
  timeout: 60_000,
}, async () => {
  const tally = await relayCut(await folder(), { cut_s: 4, per_s: 500 });
  expect(tally).toMatchObject(held);
  expect(tally.acknowledged).toBeGreaterThan(1_000);
});

test("kills of both sides lose nothing and double nothing", { timeout: 60_000 }, async () => {
  const tally = await relayKills(await folder(), { kills: 3, per_s: 500, random: Math.random });
  expect(tally).toMatchObject(held);
});
