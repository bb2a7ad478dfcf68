import { expect, test } from "vitest";
import { byUrgency, isSaidWhole, isTold, told } from "./health.ts";

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

test("what the town says comes with its words and with what exactly to do; one that runs may have to be seen to", () => {
  const lost = { ...part("camera yard", false), code: "camera-refused" } as const;
  expect(told(lost)).toEqual({
    ...{ name: "part.camera", of: "yard" },
    ...{ says: "says.camera-refused", todo: "todo.camera-refused" },
  });
  expect(told({ name: "indexer", code: "ended" })).toMatchObject({ says: "says.ended", todo: "todo.disk" });
  const due = { ...part("requests of people filmed"), code: "requests-due" } as const;
  expect(byUrgency([part("transit"), due, lost]).map(({ name }) => name)).toEqual([
    ...["camera yard", "requests of people filmed", "transit"],
  ]);
  expect([isTold(due), isTold(part("transit")), isSaidWhole(due), isSaidWhole({})]).toEqual([
    ...[true, false, true, false],
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
