import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runUntilKilled } from "@yardline/testkit/run-until-killed";
import { expect, onTestFinished, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { Oracle } from "./oracle.ts";
import { statementOf } from "./scenes.ts";
import { searchAll } from "./testing.ts";

const KILLED_AFTER_MS = [3, 90, 170, 20, 60];
const child = new URL("./fixtures/put-until-killed.ts", import.meta.url);
const batch = (n: number) =>
  Array.from({ length: 15 }, (_, at) => statementOf((n * 5 + at) % 200, Math.floor(n / 40)));

test("what was put before kill -9 is found, and its terms agree with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-index-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const oracle = new Oracle();
  let next = 0;
  for (const after_ms of KILLED_AFTER_MS) {
    const put = await runUntilKilled(child, [folder, `${next}`], after_ms);
    const last = Number(put.at(-1));
    for (; next <= last; next++) oracle.put(batch(next));
    // The batch that was being put may be there as well; putting it again changes nothing then.
    const index = await openEmbeddedIndex({ folder });
    await index.put(batch(next));
    oracle.put(batch(next));
    next++;
    expect(await searchAll(index, {})).toEqual(oracle.search({}));
    for (const query of [
      { text: "зупинка" },
      { text: "person" },
      { types: ["yard.barking"] },
      { labels: ["7"] },
    ]) {
      expect(await searchAll(index, query)).toEqual(oracle.search(query));
    }
    await index.close();
  }
  expect(next).toBeGreaterThan(KILLED_AFTER_MS.length * 2);
});
