import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { SEEN } from "./testing.ts";
import { yardFallLike } from "./yard-fall-like.ts";

const data: Parameters<typeof yardFallLike.sentence>[0] = {
  ...SEEN,
  zone: "all",
  label: "person",
  rule: "fall-like",
  shape_share: 0.31,
  still_s: 4,
  experimental: true,
};

test("says that it is experimental, and by what shape", () => {
  expect(LANGUAGES.map((language) => yardFallLike.sentence(data, language))).toEqual([
    "Схоже на падіння у кадрі (експериментально): 4 с, обрис 31 % від звичного, найкраща впевненість 88 %.",
    "Похоже на падение в кадре (экспериментально): 4 с, контур 31 % от обычного, лучшая уверенность 88 %.",
    "Looks like a fall in view (experimental): for 4 s, shape 31 % of the usual one, best score 88 %.",
  ]);
});

test("what is known better later is of the same occurrence, another place is another", () => {
  expect(yardFallLike.identity({ ...data, still_s: 9 })).toEqual(yardFallLike.identity(data));
  expect(yardFallLike.identity({ ...data, zone: "other" })).not.toEqual(yardFallLike.identity(data));
});
