import { expect, test } from "vitest";
import { LANGUAGES } from "./event-type.ts";
import { likeOf, REPORTED_KINDS, yardReported } from "./yard-reported.ts";

const crossed = {
  camera: "gate",
  kind: "line-crossing",
  rule: "Gate line",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:15:14.120Z",
  reports: 2,
} as const;

test("says that the camera itself reports it, what, by which rule and how often", () => {
  expect(
    LANGUAGES.map((language) => yardReported.sentence({ ...crossed, label: "person" }, language)),
  ).toEqual([
    "Камера «gate» сама повідомляє: перетин лінії, людина, правило «Gate line», 2 рази.",
    "Камера «gate» сама сообщает: пересечение линии, человек, правило «Gate line», 2 раза.",
    "Camera “gate” itself reports: a line crossed, a person, rule “Gate line”, 2 times.",
  ]);
  expect(yardReported.sentence({ ...crossed, kind: "motion", rule: "", reports: 1 }, "en")).toBe(
    "Camera “gate” itself reports: motion, 1 time.",
  );
});

test("it is found by the rule's name and the camera; what is learnt later does not rename it", () => {
  expect(yardReported.facets(crossed)).toEqual({ camera: ["gate"], zone: ["Gate line"] });
  expect(yardReported.identity({ ...crossed, reports: 9, until: crossed.since })).toEqual(
    yardReported.identity(crossed),
  );
});

test("each kind has its counterpart among ours, but for bare motion", () => {
  expect(REPORTED_KINDS.filter((kind) => likeOf(kind) === undefined)).toEqual(["motion"]);
});
