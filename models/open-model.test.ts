import { Worker } from "node:worker_threads";
import { describeDetector } from "@yardline/detection/testing";
import { expect, onTestFinished, test } from "vitest";
import { DEFAULT_MODEL } from "./catalogue.ts";
import { goldenPicture } from "./centernet/golden-picture.ts";
import { openModel } from "./open-model.ts";
import { prepareModels } from "./prepare.ts";

/** A drawn picture convinces nobody much: its objects score a tenth of real ones. */
const DRAWN_SCORE_MIN = 0.03;
const { path } = await prepareModels({ root: ".", report: () => {} });
const model = { manifest: DEFAULT_MODEL, path };
const open = (workers = 2) => openModel(model, { workers, policy: "wait", score_min: DRAWN_SCORE_MIN });

describeDetector("CenterNet", { open, picture: goldenPicture });

test("a core that others want changes the pace, not one bit of the result", async () => {
  const detector = await open();
  onTestFinished(() => detector.close());
  const quiet = await detector.detect(goldenPicture());
  const busy = [1, 2, 3, 4].map(() => new Worker("for (;;);", { eval: true }));
  onTestFinished(async () => void (await Promise.all(busy.map((each) => each.terminate()))));
  const loud = await Promise.all([1, 2, 3, 4, 5, 6].map(() => detector.detect(goldenPicture())));
  expect(loud).toEqual(loud.map(() => quiet));
});

test("a second detector, opened anew, says the same", async () => {
  const results = [];
  for (const workers of [1, 2]) {
    const detector = await open(workers);
    results.push(await detector.detect(goldenPicture()));
    await detector.close();
  }
  expect(results[0]).toEqual(results[1]);
});

test("a picture cut out of a larger memory is looked at, not its surroundings", async () => {
  const detector = await open(1);
  onTestFinished(() => detector.close());
  const whole = goldenPicture();
  const memory = new Uint8Array(3 * whole.data.length).fill(200);
  memory.set(whole.data, whole.data.length);
  const part = { ...whole, data: memory.subarray(whole.data.length, 2 * whole.data.length) };
  expect(await detector.detect(part)).toEqual(await detector.detect(whole));
});

test("a model that is not there is one clear error", async () => {
  const opening = openModel({ ...model, path: "nowhere.onnx" }, { workers: 1, policy: "wait" });
  await expect(opening).rejects.toMatchObject({
    code: "MODEL_MISSING",
    message: expect.stringContaining("the file of the model centernet-512 cannot be read"),
  });
});

test("opening and closing with work in hand, again and again, ends well each time", async () => {
  for (let round = 0; round < 5; round++) {
    const detector = await open(2);
    const work = Promise.allSettled([1, 2, 3, 4].map(() => detector.detect(goldenPicture())));
    await detector.close();
    expect((await work).map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
      "rejected",
      "rejected",
    ]);
  }
});

test("a provider that this runtime lacks is refused by name", async () => {
  const opening = openModel(model, { workers: 1, policy: "wait", provider: "openvino" });
  await expect(opening).rejects.toMatchObject({
    code: "DETECTOR_PROVIDER",
    message: expect.stringContaining("it has cpu"),
  });
});
