import type { View } from "@yardline/frames/view";
import type { RuleProgress } from "@yardline/rules/scene/scene-watch";
import { expect, test } from "vitest";
import { ruleLines, viewLines, wrap } from "./explain-text.ts";

const LOITERING: RuleProgress = {
  rule: "loitering",
  zone: "playground",
  works: true,
  cools_s: 0,
  swallowed: 0,
  items: [],
};

const textsOf = (rule: Partial<RuleProgress>) =>
  ruleLines({ ...LOITERING, ...rule }).map(({ text, tone }) => `${tone}: ${text}`);

test.each<{ about: string; rule: Partial<RuleProgress>; lines: readonly string[] }>([
  {
    about: "how far it has come, what is raised first",
    rule: {
      items: [
        { track: "0-beef", open: false, measures: [{ name: "stays", has: 12, least: 30, unit: "s" }] },
        { track: "0-cafe", open: true, measures: [{ name: "shape", has: 0.4, most: 0.5 }] },
      ],
    },
    lines: [
      "plain: loitering playground",
      "alarm:   cafe shape 0.4 (most 0.5)",
      "plain:   beef stays 12/30 s",
    ],
  },
  {
    about: "what is not let in",
    rule: {
      items: [
        {
          track: "0-beef",
          open: false,
          hindered: "not let in",
          measures: [{ name: "score", has: 0.41, least: 0.7 }],
        },
      ],
    },
    lines: ["plain: loitering playground", "doubt:   beef not let in: score 0.41/0.7"],
  },
  {
    about: "a closed schedule",
    rule: { works: false },
    lines: ["faint: loitering playground: closed by its schedule"],
  },
  {
    about: "a cool-down",
    rule: { cools_s: 8.2, swallowed: 1 },
    lines: [
      "doubt: loitering playground: cools down 8 s",
      "faint:   nothing there that it looks for",
      "doubt:   1 not told: began while it cooled",
    ],
  },
  {
    about: "no more of a crowd than can be read",
    rule: { items: Array.from({ length: 9 }, () => ({ open: false, measures: [{ name: "in", has: 1 }] })) },
    lines: [
      "plain: loitering playground",
      ...Array.from({ length: 5 }, () => "plain:   in 1"),
      "plain:   and 4 more",
    ],
  },
])("a rule says $about", ({ rule, lines }) => {
  expect(textsOf(rule)).toEqual(lines);
});

test("a camera's own rule is silent while nothing is wrong", () => {
  const { zone: _none, ...own } = LOITERING;
  expect(ruleLines({ ...own, rule: "camera-moved" })).toEqual([]);
});

test("long lines are broken between words, and words that are too long anywhere", () => {
  const textsOf = (text: string) => wrap({ text, tone: "plain" }, 12).map((line) => line.text);
  expect(textsOf("  beef stays 12/30 s")).toEqual(["  beef stays", "    12/30 s"]);
  expect(textsOf("a".repeat(22))).toEqual(["a".repeat(12), `    ${"a".repeat(8)}`, "    aa"]);
});

test("the camera says how it sees, and what is wrong with it", () => {
  const view: View = {
    at_ms: 0,
    brightness: 91.4,
    contrast: 38,
    black_at_once: false,
    sharpness: 0.11,
    energy: 0.7,
    lost: 0.31,
    unlike: 0.02,
    shift: undefined,
    scene_ms: 0,
    blind: true,
    standing: [],
  };
  expect(viewLines(view).map(({ text }) => text)).toEqual([
    "light 91 contrast 38 sharp 0.11",
    "edges lost 31 %, unlike the scene 2 %",
    "camera defocused",
    "scene not to be seen: nothing learnt",
  ]);
});
