import { join } from "node:path";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { afterAll, expect, test } from "vitest";
import { openEmbeddedIndex } from "./embedded.ts";
import { Oracle } from "./oracle.ts";
import { everyStatement } from "./scenes.ts";
import { searchAll } from "./testing.ts";

const disk = mountSmallDisk(4);
afterAll(() => disk?.remove());

test.skipIf(!disk)(
  "on a full disk (needs root to make one) the index refuses, still answers, and goes on once there is room",
  async () => {
    const index = await openEmbeddedIndex({ folder: join(disk?.folder ?? "", "index") });
    const oracle = new Oracle();
    const batches = Array.from({ length: 24 }, (_, n) => everyStatement.slice(n * 10, n * 10 + 10));
    const put = async (batch: typeof everyStatement) => {
      await index.put(batch);
      oracle.put(batch);
    };
    const [first = [], ...rest] = batches;
    await put(first);
    disk?.fill();
    const refused: unknown[] = [];
    for (const batch of rest) await put(batch).catch((thrown) => refused.push(thrown));
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) {
      expect(each).toMatchObject({
        code: "INDEX_UNAVAILABLE",
        retryable: true,
        message: expect.stringMatching(/is full; free some/),
      });
    }
    for (const { occurrence } of first) expect(await index.get(occurrence)).toBeDefined();

    disk?.free();
    for (const batch of rest) await put(batch);
    expect(await searchAll(index, {})).toEqual(oracle.search({}));
    await index.close();
  },
);
