import { expect, test } from "vitest";
import { createTranslate, loadMessages } from "../messages/translate.ts";
import { saidOf } from "./words.ts";

test("what was done, in words, with what was written beside it", async () => {
  const t = createTranslate("en", await loadMessages("en"));
  const lines = [
    { do: "claim", take_over: true } as const,
    { do: "note", text: "Two boys by the fence." } as const,
    { do: "attach", events: [{}, {}], cameras: [] } as never,
    { do: "escalate", to: "102", why: "a fire" } as const,
    { do: "close", outcome: "resolved", why: "they left" } as const,
  ].map((change) => {
    const { key, values, text } = saidOf({ change });
    return `${t(key, values)}${text === undefined ? "" : `: ${text}`}`;
  });
  expect(lines).toEqual([
    "took it over",
    "noted: Two boys by the fence.",
    "attached (events: 2, cameras: 0)",
    "escalated to 102: a fire",
    "closed it: they left",
  ]);
});
