import { expect, test } from "vitest";
import { areaProblems } from "./privacy-settings.ts";

const AREA = { id: "park", name: "Park", cameras: ["gate", "yard"] };
const line = () => 7;
const messages = (counted: Parameters<typeof areaProblems>[0]) =>
  areaProblems(counted, line).map(({ message }) => message);

test("an area names cameras that the same file has; where others own the cameras nobody here knows which there are", () => {
  expect(messages({ public_counts: [AREA], cameras: [{ id: "gate" }, { id: "yard" }] })).toEqual([]);
  expect(messages({ public_counts: [AREA], cameras: [{ id: "gate" }] })).toEqual([
    'public_counts: there is no camera "yard"',
  ]);
  expect(messages({ public_counts: [AREA], cameras: [] })).toHaveLength(2);
  expect(messages({ public_counts: [AREA] })).toEqual([]);
});

test("areas overlap in no camera, and each has an id of its own", () => {
  expect(messages({ public_counts: [AREA, { ...AREA, cameras: ["gate"] }] })).toEqual([
    'public_counts: camera "gate" is in two areas; areas must not overlap',
    "public_counts: two areas have one id",
  ]);
});
