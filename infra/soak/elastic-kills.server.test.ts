import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../backends/free-port.ts";
import { randomOf } from "../bench/town-events.ts";
import { elasticKills } from "./elastic-kills.ts";

test("an Elasticsearch killed under load loses and doubles nothing of what it took", {
  timeout: 180_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-elastic-kills-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const place = { folder, port: await freePort() };
  const { acknowledged, ...harm } = await elasticKills(place, 1, randomOf(7));
  expect(harm).toEqual({ lost: 0, doubled: 0 });
  expect(acknowledged).toBeGreaterThan(500);
});
