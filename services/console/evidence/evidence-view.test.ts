import { expect, test } from "vitest";
import { type EvidenceView, parseEvidence, toEvidence } from "./evidence-view.ts";

test("an address leads to an export, or to what is to be exported, and back", () => {
  const views: readonly EvidenceView[] = [
    { page: "list" },
    { page: "one", id: "e1/ї" },
    { page: "new", wanted: { events: ["a", "b"], incident: "7" } },
    { page: "new", wanted: { events: [], incident: undefined } },
  ];
  for (const view of views) {
    const { path = "", search = "" } = toEvidence(view).at ?? {};
    expect(parseEvidence(path, search)).toEqual(view);
  }
  expect(parseEvidence("/one/%E0%A4%A", "")).toEqual({ page: "list" });
});

test("no more is asked for than may leave at once", () => {
  const search = `?${new URLSearchParams(Array.from({ length: 20 }, (_, at) => ["event", String(at)]))}`;
  expect(parseEvidence("/new", search)).toMatchObject({ wanted: { events: { length: 16 } } });
});
