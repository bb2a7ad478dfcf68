import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createWorkQueue } from "./work-queue.ts";

const BUSY = new Error("busy");

/** A queue of two at once and two who wait; each work runs until it is let go. */
function scene() {
  const queue = createWorkQueue({ at_once: 2, waiting_max: 2 }, () => BUSY);
  const begun: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<string>>();
  const ask = (name: string, signal?: AbortSignal) => {
    const gate = Promise.withResolvers<string>();
    gates.set(name, gate);
    const asked = queue.run(() => {
      begun.push(name);
      return gate.promise;
    }, signal);
    asked.catch(() => undefined);
    return asked;
  };
  return { ask, begun, gateOf: (name: string) => gates.get(name) };
}

test("works begin in the order in which they came, so many at once, and one too many is refused", async () => {
  const { ask, begun, gateOf } = scene();
  const asked = ["a", "b", "c", "d"].map((name) => ask(name));
  await expect(ask("e")).rejects.toBe(BUSY);
  expect(begun).toEqual(["a", "b"]);
  gateOf("b")?.reject(new Error("failed"));
  gateOf("a")?.resolve("A");
  await turn();
  expect(begun).toEqual(["a", "b", "c", "d"]);
  for (const name of ["c", "d"]) gateOf(name)?.resolve(name.toUpperCase());
  expect(
    (await Promise.allSettled(asked)).map((end) => (end.status === "fulfilled" ? end.value : "-")),
  ).toEqual(["A", "-", "C", "D"]);
});

test("who leaves while waiting gives the place to the next, and one who has left never begins", async () => {
  const { ask, begun, gateOf } = scene();
  const leaving = new AbortController();
  const [, , third, fourth] = [ask("a"), ask("b"), ask("c", leaving.signal), ask("d")];
  leaving.abort(new Error("gone"));
  await expect(third).rejects.toThrow("gone");
  await expect(ask("late", leaving.signal)).rejects.toThrow("gone");
  gateOf("a")?.resolve("A");
  await turn();
  gateOf("d")?.resolve("D");
  expect([await fourth, begun]).toEqual(["D", ["a", "b", "d"]]);
});
