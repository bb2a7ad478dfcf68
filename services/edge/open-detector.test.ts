import { join } from "node:path";
import { expect, test } from "vitest";
import { openDetectors } from "./open-detector.ts";

const ROOT = join(import.meta.dirname, "../..");
const OPTIONS = { root: ROOT, report: () => undefined, workers: 1, policy: "wait" } as const;

test("cameras of one model share one detector, scores and small objects are each camera's own", async () => {
  const plain = {};
  const strict = {
    model: "centernet-512",
    provider: "cpu",
    score_min: { person: 0.6 },
    small_objects: true,
  } as const;
  const smaller = { model: "centernet-416" };
  const detectors = await openDetectors([plain, strict, smaller], OPTIONS);
  try {
    const [first, second, third] = [plain, strict, smaller].map((each) => detectors.sightOf(each));
    expect(first?.detector).toBe(second?.detector);
    expect(first?.detector).not.toBe(third?.detector);
    expect(first).toMatchObject({ open_score_min: { person: 0.4 }, small_objects: false });
    expect(second).toMatchObject({ open_score_min: { person: 0.6 }, small_objects: true });
  } finally {
    await detectors.close();
  }
});

test("too many different ones, or one that cannot be had, open nothing", async () => {
  const many = ["a", "b", "c", "d", "e"].map((model) => ({ model }));
  await expect(openDetectors(many, OPTIONS)).rejects.toMatchObject({ code: "DETECTORS_TOO_MANY" });
  await expect(openDetectors([{}, { model: "no-such" }], OPTIONS)).rejects.toMatchObject({
    code: "MODEL_UNKNOWN",
  });
});
