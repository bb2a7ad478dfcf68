import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { transitFeedLost } from "./transit-feed-lost.ts";

const lost = { feed: "oblast", since: "2026-11-22T06:15:00.000Z", why: "stale" } as const;

test("says which feed is away and why, and how long once it is back", () => {
  const back = { ...lost, until: "2026-11-22T06:57:10.000Z", ended: "returned" } as const;
  expect([lost, back].map((data) => LANGUAGES.map((each) => transitFeedLost.sentence(data, each)))).toEqual([
    [
      "Немає свіжих положень автобусів із джерела «oblast»: дані застаріли.",
      "Нет свежих положений автобусов из источника «oblast»: данные устарели.",
      "No fresh bus positions from feed “oblast”: its data are old.",
    ],
    [
      "Немає свіжих положень автобусів із джерела «oblast»: дані застаріли, тривало 42 хв.",
      "Нет свежих положений автобусов из источника «oblast»: данные устарели, длилось 42 мин.",
      "No fresh bus positions from feed “oblast”: its data are old, for 42 min.",
    ],
  ]);
  expect(transitFeedLost.measures(back)).toEqual({ duration_s: 2530 });
});

test("a loss is named by its feed and its beginning, whatever is learnt later", () => {
  expect(transitFeedLost.identity({ ...lost, why: "clock" })).toEqual(transitFeedLost.identity(lost));
});
