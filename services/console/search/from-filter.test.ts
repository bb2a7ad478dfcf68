import { expect, test } from "vitest";
import { TYPES_OF_KIND } from "../events/kinds.ts";
import { questionOf } from "./from-filter.ts";
import { askedAs } from "./question.ts";

const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };

test.each([
  [{}, ""],
  [{ text: "dog (yard", within: "24h" }, '"dog (yard" last 24h'],
  [{ label: "12А", source: "camera/a b" }, '(label:12А or route:12А) source:"camera/a b"'],
  [{ kind: "camera", within: "15m" }, `type:${TYPES_OF_KIND.camera.join(",")} last 15m`],
] as const)("%j: %s", (filter, question) => {
  expect(questionOf(filter)).toBe(question);
  expect(askedAs(question, NOW).ok).toBe(true);
});
