import { HEALTH_CODES } from "@yardline/api/health-codes";
import { expect, test } from "vitest";
import { loadMessages } from "../messages/translate.ts";
import { HEALTH_WORDS } from "./health-words.ts";

test("no code is without words, and none has words that there is not", () => {
  expect(Object.keys(HEALTH_WORDS).toSorted()).toEqual(HEALTH_CODES.toSorted());
});

test.for(["uk", "ru", "en"] as const)("what a code says and what to do stand in %s", async (language) => {
  const messages = await loadMessages(language);
  const missing = Object.values(HEALTH_WORDS)
    .flat()
    .filter((key) => key !== undefined && !Object.hasOwn(messages, key));
  expect(missing).toEqual([]);
});
