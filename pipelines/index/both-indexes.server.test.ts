import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { makeElasticPlace } from "./testing/elastic-place.ts";
import { compareIndexes } from "./testing.ts";

const STATEMENTS = 20_000;
const QUESTIONS = 500;
const SEED = Number(process.env["YARDLINE_TEST_SEED"] ?? Date.now() % 1_000_000);

test(`${STATEMENTS} statements in any order, ${QUESTIONS} questions: both indexes find the same (seed ${SEED})`, {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-both-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const embedded = await openEmbeddedIndex({ folder });
  onTestFinished(() => embedded.close());
  const place = await makeElasticPlace();
  onTestFinished(() => place.remove());
  const elastic = await place.open();
  onTestFinished(() => elastic.close());
  const compared = { statements: STATEMENTS, questions: QUESTIONS, seed: SEED };
  const { found } = await compareIndexes(embedded, elastic, compared);
  expect(found).toBeGreaterThan(QUESTIONS);
});
