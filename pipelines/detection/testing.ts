import type { Box } from "@yardline/domain/box";
import { LABELS } from "@yardline/domain/detection";
import type { Picture } from "@yardline/domain/picture";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DETECTIONS_MAX, type Detector, PICTURE_SIDE_PX_MAX } from "./detector.ts";

/** What a detector under test needs. */
export type DetectorPlace = {
  open(): Promise<Detector>;
  /** A picture on which it finds something; a new one at each call, since `detect` takes it over. */
  picture(): Picture;
};

/** What every detector must do; each one's test file calls this. */
export function describeDetector(name: string, { open, picture }: DetectorPlace): void {
  describe(`${name} as a detector`, () => {
    let detector: Detector;
    beforeAll(async () => {
      detector = await open();
    });
    afterAll(() => detector.close());

    test("finds objects of the class list, best first, each inside the picture", async () => {
      const detections = await detector.detect(picture());
      expect(detections).not.toEqual([]);
      expect(detections.length).toBeLessThanOrEqual(DETECTIONS_MAX);
      expect(detections).toEqual(detections.toSorted((a, b) => b.score - a.score));
      for (const { label, score, box } of detections) {
        expect(LABELS).toContain(label);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
        const corners = [0, box.left, box.right, 1, 0, box.top, box.bottom, 1];
        expect(corners.slice(0, 4)).toEqual(corners.slice(0, 4).toSorted((a, b) => a - b));
        expect(corners.slice(4)).toEqual(corners.slice(4).toSorted((a, b) => a - b));
      }
    });

    test("the same picture gives the same detections to the bit, alone or among others", async () => {
      const alone = await detector.detect(picture());
      const among = await Promise.all(Array.from({ length: 6 }, () => detector.detect(picture())));
      expect(among).toEqual(among.map(() => alone));
    });

    test.for([
      [1, 1],
      [3, 2],
      [2000, 3],
      [3, 2000],
    ] as const)("takes a picture of %i × %i pixels of both formats", async ([width_px, height_px]) => {
      const chroma = Math.ceil(width_px / 2) * Math.ceil(height_px / 2);
      const size = { width_px, height_px };
      const yuv = new Uint8Array(width_px * height_px + 2 * chroma).fill(128);
      const rgb = new Uint8Array(width_px * height_px * 3).fill(128);
      expect(await detector.detect({ ...size, format: "yuv420p", data: yuv })).toBeInstanceOf(Array);
      expect(await detector.detect({ ...size, format: "rgb24", data: rgb })).toBeInstanceOf(Array);
    });

    test("a region that is the whole picture gives what no region gives", async () => {
      const region = { left: 0, top: 0, right: 1, bottom: 1 };
      expect(await detector.detect(picture(), { region })).toEqual(await detector.detect(picture()));
    });

    test("what is found in a region lies in it, also in regions of a pixel or of odd pixels", async () => {
      const regions: readonly Box[] = [
        { left: 0.25, top: 0.2, right: 0.9, bottom: 0.85 },
        { left: 0, top: 0, right: 1e-9, bottom: 1e-9 },
        { left: 1 - 1e-9, top: 1 - 1e-9, right: 1, bottom: 1 },
        { left: 0.3331, top: 0.1777, right: 0.7773, bottom: 0.9991 },
      ];
      const one = picture();
      for (const region of regions) {
        const found = await detector.detect(one, { region });
        for (const { box } of found) {
          const across = [region.left, box.left, box.right, region.right];
          const down = [region.top, box.top, box.bottom, region.bottom];
          expect(across).toEqual(across.toSorted((a, b) => a - b));
          expect(down).toEqual(down.toSorted((a, b) => a - b));
        }
      }
    });

    test("a picture of 65,000 pixels is refused, not looked at", async () => {
      const size = { width_px: 65_000, height_px: 2 };
      const data = new Uint8Array(65_000 * 2 * 3);
      expect(size.width_px).toBeGreaterThan(PICTURE_SIDE_PX_MAX);
      const looking = detector.detect({ ...size, format: "rgb24", data });
      await expect(looking).rejects.toMatchObject({ code: "PICTURE_TOO_LARGE" });
    });

    test("gives up when told, before and during", async () => {
      const reason = new Error("enough");
      await expect(detector.detect(picture(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const stop = new AbortController();
      const running = detector.detect(picture(), { signal: stop.signal });
      stop.abort(reason);
      await expect(running).rejects.toBe(reason);
      expect(await detector.detect(picture())).not.toEqual([]);
    });

    test("closes with work in hand, twice if need be, and then takes nothing", async () => {
      const closing = await open();
      const pending = [1, 2, 3].map(() => closing.detect(picture()));
      const outcomes = Promise.allSettled(pending);
      await Promise.all([closing.close(), closing.close()]);
      expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      await expect(closing.detect(picture())).rejects.toMatchObject({ code: "DETECTOR_CLOSED" });
    });
  });
}
