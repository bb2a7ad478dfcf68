import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { yardFallLike } from "./yard-fall-like.ts";

const data: Parameters<typeof yardFallLike.sentence>[0] = {
  camera: "yard-1",
  zone: "all",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:17:19.120Z",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  label: "person",
  score: 0.875,
  rule: "fall-like",
  shape_share: 0.31,
  still_s: 4,
  experimental: true,
  box: [0.25, 0.4, 0.32, 0.7],
  snapshot: "yard-1/9f2c41d07be8",
  clip: {
    from: "2026-11-22T06:14:59.120Z",
    to: "2026-11-22T06:17:24.120Z",
  },
  recorded: true,
  ended: "left",
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
