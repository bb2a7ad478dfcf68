import { expect, test } from "vitest";
import { detectionOf, settledIn } from "./detection-settings.ts";

test("a camera takes from the town what it does not say itself, scores label by label", () => {
  const town = { model: "centernet-512", score_min: { person: 0.5, car: 0.5 } };
  expect(detectionOf({ small_objects: true, score_min: { car: 0.3 } }, town)).toEqual({
    model: "centernet-512",
    small_objects: true,
    score_min: { person: 0.5, car: 0.3 },
  });
  expect(detectionOf()).toEqual({ score_min: {} });
});

test("a manifest is meant from the folder of its settings, a name is a name", () => {
  expect(settledIn("/etc/town", { model: "models/ours.yaml" })).toEqual({
    model: "/etc/town/models/ours.yaml",
  });
  expect(settledIn("/etc/town", { model: "/srv/ours.json" })).toEqual({ model: "/srv/ours.json" });
  expect(settledIn("/etc/town", { model: "centernet-416" })).toEqual({ model: "centernet-416" });
});
