import { expect, test } from "vitest";
import { cameraCovered } from "./camera-covered.ts";
import { EVERYWHERE, watch } from "./testing/views.ts";

const use = () => cameraCovered.use(cameraCovered.defaults, EVERYWHERE);

const covered = { lost: 0.9, energy: 0.02, sharpness: 0.01, blind: true };

test("raised after five seconds, dated from the first picture; over three seconds after the last", () => {
  const momentAt = (t_s: number) => ({ view: t_s >= 10 && t_s <= 30 ? covered : {} });
  const facts = { kind: "covered", brightness: 110, sharpness: 0.01, lost: 0.9 };
  const numbers = { since_ms: 10_000, facts };
  expect(watch(use(), 60, momentAt)).toEqual([
    { state: "opened", at_ms: 15_000, key: "covered@10000", data: { ...numbers, until_ms: 15_000 } },
    {
      state: "closed",
      at_ms: 33_000,
      key: "covered@10000",
      data: { ...numbers, until_ms: 30_000, ended: "cleared" },
    },
  ]);
});

test("a lorry that passes close by is nothing, one that flickers through gaps of two seconds is one event", () => {
  expect(watch(use(), 60, (t_s) => ({ view: t_s >= 10 && t_s < 14 ? covered : {} }))).toEqual([]);
  const flicker = watch(use(), 60, (t_s) => ({ view: t_s >= 10 && t_s <= 30 && t_s % 3 > 0 ? covered : {} }));
  expect(flicker.map(({ state }) => state)).toEqual(["opened", "closed"]);
});

test("black at once is a cover, what is seen sharply is not", () => {
  const black = { brightness: 17, contrast: 1, black_at_once: true };
  expect(watch(use(), 30, () => ({ view: black }))[0]).toMatchObject({ state: "opened" });
  expect(watch(use(), 30, () => ({ view: { ...black, black_at_once: false } }))).toEqual([]);
  expect(watch(use(), 30, () => ({ view: { lost: 0.9 } }))).toEqual([]);
});
