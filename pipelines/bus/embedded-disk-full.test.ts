import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { afterAll, expect, test } from "vitest";
import { openEmbeddedBus } from "./embedded.ts";
import { take, textsOf } from "./testing.ts";

// A real disk of 6 MB that runs full. Mounting one takes root; elsewhere this test is left out and says so by its name.
const disk = mkdtempSync(join(tmpdir(), "yardline-full-"));
const mounted = spawnSync("/bin/mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]).status === 0;

afterAll(() => {
  if (mounted) spawnSync("/bin/umount", [disk]);
  rmSync(disk, { recursive: true });
});

test.skipIf(!mounted)(
  "a full disk (needs root to make one) refuses calls whole, and work goes on once there is room",
  async () => {
    const ballast = join(disk, "ballast");
    writeFileSync(ballast, Buffer.alloc(3_000_000));
    const folder = join(disk, "bus");
    const bus = await openEmbeddedBus({ folder, clock: systemClock });
    const acknowledged: string[] = [];
    const publish = async (n: number) => {
      const records = ["a", "b"].map((part) => ({
        key: `${n}${part}`,
        source: "test",
        body: new Uint8Array(50_000),
      }));
      await bus.publish("events", records);
      acknowledged.push(...records.map(({ key }) => key));
    };
    const refused: unknown[] = [];
    for (let n = 0; n < 100; n++) await publish(n).catch((thrown) => refused.push(thrown));
    expect(refused.length).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const each of refused) {
      expect(each).toMatchObject({
        code: "BUS_UNAVAILABLE",
        retryable: true,
        message: expect.stringMatching(/is full; free some/),
      });
    }

    rmSync(ballast);
    await publish(1000);
    const taken = await take(
      bus.subscribe("events", "check", AbortSignal.timeout(10_000)),
      acknowledged.length,
    );
    expect(textsOf(taken).map((text) => text.split(":")[0])).toEqual(acknowledged);
    expect(await bus.lag("events", "other")).toBe(acknowledged.length);
    await bus.close();
  },
);
