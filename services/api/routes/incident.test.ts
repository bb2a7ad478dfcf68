import { expect, test } from "vitest";
import { openedIncident } from "../testing/desk.ts";

test("what is unchanged is not sent again", async () => {
  const { ask, change, url } = await openedIncident();
  const again = () => ask("yard-only", url, { "if-none-match": '"1"' });
  const answer = await again();
  expect([answer.statusCode, answer.body]).toEqual([304, ""]);
  await change("dispatcher", { do: "claim" });
  expect((await again()).json().state).toBe("claimed");
});
