import { expect, test } from "vitest";
import type { Incident, IncidentEntry, Shift } from "../api/types.ts";
import { deedsIn, leftFor, touches } from "./shift-log.ts";

const shift = (change: Partial<Shift> = {}): Shift => ({
  ...{ id: "2026-11-00000001", tenant: "verba", login: "olena", purpose: "duty" },
  began_at: "2026-11-22T08:00:00.000Z",
  ...change,
});
const incident = (opened: string, changed: string): Incident => ({
  ...{
    id: "1",
    tenant: "verba",
    revision: 1,
    state: "open",
    title: "t",
    purpose: "order",
    priority: "normal",
  },
  ...{ opened_at: `2026-11-22T${opened}:00Z`, opened_by: "olena", changed_at: `2026-11-22T${changed}:00Z` },
  ...{ cameras: [], events: [] },
});
const entry = (revision: number, at: string): IncidentEntry => ({
  ...{ revision, at: `2026-11-22T${at}:00Z`, by: "olena" },
  change: { do: "note", text: String(revision) },
});

test("what happened in a shift is what was done between its beginning and its end, the last first", () => {
  const logs = [
    {
      incident: incident("07:00", "18:00"),
      entries: [entry(1, "07:00"), entry(2, "09:00"), entry(3, "18:00")],
    },
    { incident: incident("10:00", "10:00"), entries: [entry(4, "10:00")] },
  ];
  const done = (of: Shift) => deedsIn(of, logs).map(({ entry: { revision } }) => revision);
  expect(done(shift({ ended_at: "2026-11-22T16:00:00.000Z" }))).toEqual([4, 2]);
  expect(done(shift())).toEqual([3, 4, 2]);
});

test("an incident that nobody touched meanwhile is not asked for", () => {
  const ended = shift({ ended_at: "2026-11-22T16:00:00.000Z" });
  const touched = [
    incident("07:00", "07:59"),
    incident("07:00", "08:00"),
    incident("15:59", "23:00"),
    incident("16:00", "16:30"),
  ].map((each) => touches(ended, each));
  expect(touched).toEqual([false, true, true, false]);
  // One that nobody ended covers nothing after sixteen hours.
  expect(touches(shift({ began_at: "2026-11-21T08:00:00.000Z" }), incident("00:00", "01:00"))).toBe(false);
});

test("what others left is there to be taken, by whom it was meant for", () => {
  const ended_at = "2026-11-22T16:00:00.000Z";
  const left = (id: string, change: Partial<Shift>) => shift({ id, ended_at, ...change });
  const shifts = [
    left("anybody", { hand_over: { incidents: ["i"] } }),
    left("mine", { hand_over: { incidents: [], note: "the gate", to: "petro" } }),
    left("ivan's", { hand_over: { incidents: ["i"], to: "ivan" } }),
    left("taken", { hand_over: { incidents: ["i"], accepted_by: "ivan" } }),
    left("nothing", { hand_over: { incidents: [] } }),
    left("own", { login: "petro", hand_over: { incidents: ["i"] } }),
    shift({ id: "goes on" }),
  ];
  expect(leftFor(shifts, "petro").map(({ id }) => id)).toEqual(["anybody", "mine"]);
});
