import { expect, test } from "vitest";
import { checkModel } from "../read-model.ts";
import { doubled, networkOf, relu } from "../testing.ts";
import { tryModel } from "./try-model.ts";

test("a harmless network: how long a look took and how much memory it all took", async () => {
  const trial = await tryModel(networkOf([relu("images")]));
  expect(trial.look_ms).toBeGreaterThan(0);
  expect(trial.memory_bytes).toBeGreaterThan(30e6);
});

test.for([
  ["while it looks", "images"],
  ["while it is loaded and what is constant computed", "answer"],
] as const)(
  "a few thousand bytes that double a tensor again and again, %s: ended alone",
  async ([, from]) => {
    const network = networkOf([...doubled(from, 24), relu("d24")]);
    // Nothing in it is large: who only reads it sees nothing.
    checkModel(network.manifest, network.bytes);
    const trying = tryModel(network, { memory_bytes_max: 0.9e9, ms_max: 60_000 });
    await expect(trying).rejects.toMatchObject({
      code: "MODEL_REFUSED",
      message: expect.stringContaining("more than 858 MiB of memory"),
    });
  },
);

test("a graph that works for minutes within little memory is ended at the deadline", async () => {
  const products = Array.from({ length: 200 }, (_, nth) => ({
    op: "MatMul",
    inputs: [nth === 0 ? "d10" : `p${nth}`, "d10"],
    output: `p${nth + 1}`,
  }));
  const network = networkOf([...doubled("images", 10, [2, 3]), ...products, relu("p200")]);
  checkModel(network.manifest, network.bytes);
  const trying = tryModel(network, { memory_bytes_max: 2e9, ms_max: 3_000 });
  await expect(trying).rejects.toMatchObject({
    code: "MODEL_REFUSED",
    message: expect.stringContaining("not done after 3 s"),
  });
});

test("a trial that dies before it can say why is told as that", async () => {
  const trying = tryModel(networkOf([relu("images")]), { memory_bytes_max: 100e6, ms_max: 60_000 });
  await expect(trying).rejects.toMatchObject({
    code: "MODEL_REFUSED",
    message: expect.stringContaining("its trial died"),
  });
});

test("what is wrong with a network is said in the trial's own words", async () => {
  const network = networkOf([relu("images")]);
  const manifest = { ...network.manifest, input: { ...network.manifest.input, side_px: 96 } };
  await expect(tryModel({ ...network, manifest })).rejects.toMatchObject({ code: "MODEL_WRONG" });
});
