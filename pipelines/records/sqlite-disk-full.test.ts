import { join } from "node:path";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { afterAll, expect, test } from "vitest";
import { openSqliteRecords } from "./sqlite.ts";

const disk = mountSmallDisk(2);
afterAll(() => disk?.remove());

test.skipIf(!disk)(
  "on a full disk (needs root to make one) a write is refused whole, reading goes on, and so does writing once there is room",
  async () => {
    const records = await openSqliteRecords({ path: join(disk?.folder ?? "", "records.sqlite") });
    const written: string[] = [];
    const write = async (n: number) => {
      const pair = ["a", "b"].map((part) => ({
        kind: "note",
        id: `${100 + n}${part}`,
        value: "x".repeat(20_000),
      }));
      await records.write(pair);
      written.push(...pair.map(({ id }) => id));
    };
    await write(0);
    disk?.fill();
    const refused: unknown[] = [];
    for (let n = 1; n < 40; n++) await write(n).catch((thrown) => refused.push(thrown));
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) {
      expect(each).toMatchObject({
        code: "RECORDS_UNAVAILABLE",
        retryable: true,
        message: expect.stringMatching(/is full; free some/),
      });
    }
    const listed = async () => (await records.list("note")).map(({ id }) => id);
    expect(await listed()).toEqual(written);

    disk?.free();
    await write(50);
    expect(await listed()).toEqual(written);
    await records.close();
  },
);
