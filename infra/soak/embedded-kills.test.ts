import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { randomOf } from "../bench/town-events.ts";
import { embeddedKills } from "./embedded-kills.ts";

const seed = Number(process.env["YARDLINE_TEST_SEED"] ?? Date.now() % 1_000_000);

// The long run is `./yardline soak spine`.
test(`kills of who writes bus and index lose and double nothing (YARDLINE_TEST_SEED=${seed})`, {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-kills-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { acknowledged, ...harm } = await embeddedKills(folder, 4, randomOf(seed));
  expect(harm).toEqual({ lost: 0, doubled: 0 });
  expect(acknowledged).toBeGreaterThan(0);
});
