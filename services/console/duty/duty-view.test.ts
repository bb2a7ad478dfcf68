import { expect, test } from "vitest";
import { parseDuty, toDuty } from "./duty-view.ts";

test("an address leads to what lies before somebody, and back", () => {
  const views = [
    { chosen: undefined, shift: false, all: false },
    { chosen: { incident: "2026-11-00000001" }, shift: false, all: true },
    { chosen: { occurrence: "a/b" }, shift: false, all: false },
    { chosen: undefined, shift: true, all: false },
  ];
  for (const view of views) {
    const { path = "", search = "" } = toDuty(view).at ?? {};
    expect(parseDuty(path, search)).toEqual(view);
  }
  expect(toDuty(views[1] ?? { shift: false, all: false }).at).toEqual({
    desk: "duty",
    path: "/incidents/2026-11-00000001",
    search: "?all=1",
  });
});

test("what it does not know it leaves out", () => {
  expect(parseDuty("/events/%E0%A4%A", "?all=yes")).toEqual({ chosen: undefined, shift: false, all: false });
  expect(parseDuty("/moon/1", "").chosen).toBeUndefined();
});
