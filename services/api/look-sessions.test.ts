import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { createLookSessions } from "./look-sessions.ts";

test("the same is written once in a quarter of an hour, whoever comes meanwhile waits, and a failure is everybody's and forgotten", async () => {
  const clock = handClock(0);
  const { once } = createLookSessions(clock);
  const writing = Promise.withResolvers<void>();
  let writes = 0;
  const write = () => {
    writes++;
    return writing.promise;
  };
  const both = Promise.allSettled([once("a", write), once("a", write)]);
  expect(writes).toBe(1);
  writing.reject(new Error("full"));
  expect((await both).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const good = async () => void writes++;
  for (const key of ["a", "a", "b"]) await once(key, good);
  expect(writes).toBe(3);
  clock.advance(14 * 60_000);
  await once("a", good);
  expect(writes).toBe(3);
  clock.advance(2 * 60_000);
  await once("a", good);
  expect(writes).toBe(4);
});
