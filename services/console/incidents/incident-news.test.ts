import { expect, test } from "vitest";
import type { Incident } from "../api/types.ts";
import { changeBoard, decodeNews, EMPTY_BOARD, type IncidentBoard } from "./incident-news.ts";

const incident = (id: string, revision = 1): Incident => ({
  ...{ id, tenant: "verba", revision, state: "open", title: id, purpose: "order", priority: "normal" },
  ...{ opened_at: "2026-11-22T12:00:00Z", opened_by: "olena", changed_at: "2026-11-22T12:00:00Z" },
  ...{ cameras: [], events: [] },
});
const told = (board: IncidentBoard, what: string, of: Incident, by = "petro") =>
  changeBoard(board, { kind: "told", news: { what, by, incident: of } });
const shown = ({ incidents = [], editors }: IncidentBoard) => [
  incidents.map(({ id, revision }) => `${id}.${revision}`).join(" "),
  Object.fromEntries(editors),
];

test("what is told takes the place of what was known, and a new one comes first", () => {
  const listed = changeBoard(EMPTY_BOARD, { kind: "listed", incidents: [incident("b"), incident("a")] });
  const then = told(told(listed, "claim", incident("a", 2)), "open", incident("c"));
  expect(shown(then)).toEqual(["c.1 b.1 a.2", {}]);
});

test("a list that was asked for before is no newer than what was told since", () => {
  const after = told(EMPTY_BOARD, "close", incident("a", 3));
  const listed = changeBoard(after, { kind: "listed", incidents: [incident("a", 2), incident("b")] });
  expect(shown(listed)).toEqual(["a.3 b.1", {}]);
});

test("who is editing it is known until they are done, or somebody takes it over", () => {
  const locked = told(EMPTY_BOARD, "lock", incident("a"), "olena");
  expect(shown(locked)[1]).toEqual({ a: "olena" });
  const taken = told(locked, "lock-taken-over", incident("a"), "petro");
  expect(shown(taken)[1]).toEqual({ a: "petro" });
  expect(shown(told(taken, "unlock", incident("a"), "petro"))[1]).toEqual({});
});

test("what is no message ends nothing", () => {
  expect([decodeNews("{"), decodeNews("null"), decodeNews('{"what":"claim"}')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
