import { expect, test } from "vitest";
import { byUrgency, told } from "./health.ts";

const part = (name: string, running = true, required = false) => ({ name, running, required });

test("what stands still comes first, and of that what the town cannot do without", () => {
  const parts = [
    part("transit"),
    part("camera yard", false),
    part("indexer", false, true),
    part("audit log"),
  ];
  expect(byUrgency(parts).map(({ name }) => name)).toEqual([
    "indexer",
    "camera yard",
    "audit log",
    "transit",
  ]);
});

test("each part has its words and what to do; one that is not known is told by its own name", () => {
  expect(told(part("camera status"))).toMatchObject({ name: "part.camera-status" });
  expect(told(part("camera <b>yard</b>"))).toEqual({
    name: "part.camera",
    todo: "todo.camera",
    of: "<b>yard</b>",
  });
  expect(told(part("positions onward to region"))).toMatchObject({ name: "part.onward", of: "region" });
  expect(told(part("something new"))).toEqual({
    name: "part.other",
    todo: "todo.other",
    of: "something new",
  });
});
