import { hash } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { MediaStore } from "./media-store.ts";

/** Where media are kept: opening it again finds what was there. */
export type MediaPlace = { open(): Promise<MediaStore>; remove(): Promise<void> };

const bytes = (text: string) => new TextEncoder().encode(text);
const piece = (camera: string, from_ms: number, to_ms: number) => ({
  camera,
  connection: "c1",
  from_ms,
  to_ms,
});

/** What every store of media must do; each adapter's test file calls this with a place of its own. */
export function describeMediaStore(name: string, create: () => Promise<MediaPlace>): void {
  const start = async () => {
    const place = await create();
    let store = await place.open();
    onTestFinished(async () => {
      await store.close();
      await place.remove();
    });
    return {
      store,
      async reopen() {
        await store.close();
        store = await place.open();
        return store;
      },
    };
  };

  describe(name, () => {
    test("gives back what was put, after a reopening too", async () => {
      const { store, reopen } = await start();
      const segment = await store.putSegment(piece("yard", 1_000, 5_000), bytes("segment"));
      const snapshot = await store.putSnapshot("yard", 2_000, bytes("jpeg"));
      const again = await reopen();
      const { id, hashed_at_ms } = segment;
      const sha256 = hash("sha256", "segment");
      expect(segment).toEqual({ ...piece("yard", 1_000, 5_000), id, bytes: 7, sha256, hashed_at_ms });
      expect(await again.listSegments("yard", 0, 9_000)).toEqual([segment]);
      const there = await Promise.all([again.read(segment.id), again.read(snapshot)]);
      expect(there.map((data) => data && new TextDecoder().decode(data))).toEqual(["segment", "jpeg"]);
    });

    test("lists what overlaps a time, in its order; a gap is not covered", async () => {
      const { store } = await start();
      for (const from_ms of [20_000, 0, 4_000, 8_000]) {
        await store.putSegment(piece("yard", from_ms, from_ms + 4_000), bytes("x"));
      }
      await store.putSegment(piece("gate", 4_000, 8_000), bytes("x"));
      const starts = async (from_ms: number, to_ms: number) =>
        (await store.listSegments("yard", from_ms, to_ms)).map((segment) => segment.from_ms);
      expect(await starts(4_000, 8_000)).toEqual([4_000]);
      expect(await starts(3_999, 8_001)).toEqual([0, 4_000, 8_000]);
      expect(await starts(12_000, 20_000)).toEqual([]);
    });

    test("expires what ended before a time, of one camera only", async () => {
      const { store } = await start();
      const old = await store.putSegment(piece("yard", 0, 4_000), bytes("x"));
      const picture = await store.putSnapshot("yard", 1_000, bytes("x"));
      const kept = await store.putSegment(piece("yard", 4_000, 8_000), bytes("x"));
      const other = await store.putSegment(piece("gate", 0, 4_000), bytes("x"));
      expect(await store.expire("yard", 5_000)).toBe(2);
      const there = await Promise.all([old.id, picture, kept.id, other.id].map((id) => store.read(id)));
      expect(there.map((data) => data !== undefined)).toEqual([false, false, true, true]);
      expect(await store.expire("yard", 5_000)).toBe(0);
    });

    test.for(["", "unknown", "../../../etc/passwd", "%2e%2e/x", "a\0b"])(
      "no such thing as %j",
      async (id) => {
        const { store } = await start();
        expect(await store.read(id)).toBeUndefined();
      },
    );

    test.for(["..", "a/b", "", "A", "a\0"])("%j cannot name a camera", async (camera) => {
      const { store } = await start();
      await expect(store.putSnapshot(camera, 0, bytes("x"))).rejects.toMatchObject({ code: "MEDIA_CAMERA" });
    });
  });
}
