import { expect, test } from "vitest";
import { KeptAnswers } from "./kept-answers.ts";

test("an answer is made once a moment, anew after it, and anew when the clock was set back", () => {
  const answers = new KeptAnswers({ age_max_ms: 2_000, bytes_max: 100 });
  let made = 0;
  const ask = (name: string, now_ms: number) =>
    answers
      .get(name, now_ms, () => {
        made += 1;
        return `${name}${made}`;
      })
      .body.toString();
  expect([ask("a", 0), ask("a", 1_999), ask("b", 1_999), ask("a", 2_000), ask("a", 1_000)]).toEqual([
    "a1",
    "a1",
    "b2",
    "a3",
    "a4",
  ]);
});

test("the oldest goes when all together are too long; one that is too long alone is kept until the next", () => {
  const answers = new KeptAnswers({ age_max_ms: 1_000, bytes_max: 10 });
  const made: string[] = [];
  const ask = (name: string, length: number) =>
    answers.get(name, 0, () => {
      made.push(name);
      return "x".repeat(length);
    });
  ask("a", 4);
  ask("b", 4);
  ask("a", 4);
  ask("c", 4);
  ask("b", 4);
  ask("a", 4);
  ask("long", 40);
  ask("long", 40);
  ask("b", 4);
  expect(made.join(" ")).toBe("a b c a long b");
});
