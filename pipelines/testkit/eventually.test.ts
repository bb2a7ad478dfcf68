import { expect, test } from "vitest";
import { eventually } from "./eventually.ts";

test("waits until it holds", async () => {
  let tries = 0;
  const held = await eventually(() => {
    tries++;
    expect(tries).toBe(3);
    return "held";
  });
  expect(held).toBe("held");
});

test("gives up with the last failure", async () => {
  await expect(eventually(() => Promise.reject(new Error("never")), 20)).rejects.toThrow("never");
});
