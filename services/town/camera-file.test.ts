import { expect, test } from "vitest";
import { readCameraFile } from "./camera-file.ts";

test("zones, lines, schedules and rules are read as they stand", () => {
  const { scene, detection } = readCameraFile(
    `timezone: Europe/Kyiv
detection: { model: ours/yard.yaml, small_objects: true, score_min: { person: 0.5 } }
holidays: [2026-12-25]
zones: [{ id: гойдалки, polygon: [[0.1, 0.5], [0.4, 0.5], [0.4, 0.9]] }]
lines: [{ id: ворота, points: [[0.5, 0.2], [0.5, 0.9]], into: left }]
schedules: [{ id: ніч, times: [{ from: "22:00", until: "06:00" }] }]
rules:
  - { rule: loitering, zone: гойдалки, schedule: ніч, after_s: 60, severity: alarm }
  - { rule: line-crossing, line: ворота, direction: in, score_min: { person: 0.5 } }
`,
    "/etc/yard/camera.yaml",
  );
  expect(detection).toEqual({
    model: "/etc/yard/ours/yard.yaml",
    small_objects: true,
    score_min: { person: 0.5 },
  });
  expect(scene.calendar).toEqual({ timezone: "Europe/Kyiv", holidays: ["2026-12-25"] });
  expect(
    // Cameras watch themselves without being told.
    scene.rules
      .filter(({ rule }) => rule.at !== "camera")
      .map(({ rule, options, where, severity }) => [rule.kind, options, where.zone, severity]),
  ).toEqual([
    ["loitering", { after_s: 60, away_max_s: 5 }, "гойдалки", "alarm"],
    ["line-crossing", { direction: "in" }, "ворота", "info"],
  ]);
});

test("every mistake is told at once, each with its line", () => {
  const text = `zones:
  - { id: a, polygon: [[0, 0], [1, 1]] }
rules:
  - { rule: loitering, zone: b, after: 60 }
  - { rule: dancing }
`;
  expect(() => readCameraFile(text, "camera.yaml")).toThrow(
    /line 2: zones\[0\]\.polygon[\s\S]*line 4: rules\[0\]\.after is not known here[\s\S]*line 5: rules\[1\]\.rule must be one of presence, line-crossing/,
  );
});

test("names that are not there, twice there, and shapes that are none", () => {
  const text = `timezone: Mars/Olympus
zones:
  - { id: a, polygon: [[0, 0], [0.5, 0.5], [1, 1]] }
  - { id: a, polygon: [[0, 0], [0.5, 0], [1, 1]] }
lines: [{ id: l, points: [[0.5, 0.5], [0.5, 0.5]] }]
rules:
  - { rule: presence, zone: yard, schedule: night }
`;
  expect(() => readCameraFile(text, "camera.yaml")).toThrowErrorMatchingInlineSnapshot(`
    [AppError: camera.yaml has 6 problems; nothing was started.
      line 1: there is no time zone "Mars/Olympus"; write one like Europe/Kyiv
      line 3: zone "a" has no area: its corners lie on one line
      line 4: "a" stands twice among the zones
      line 5: line "l" has no length: its points are one
      line 7: rule presence: there is no zone "yard"; there are "a", "a"
      line 7: rule presence: there is no schedule "night"; this camera has no schedules]
  `);
});
