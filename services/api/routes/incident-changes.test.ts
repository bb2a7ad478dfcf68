import { expect, test } from "vitest";
import { GATE, kindOf, openedIncident, YARD } from "../testing/desk.ts";

test("claimed, noted, closed: each step is an entry with who, when and what", async () => {
  const { ask, change, clock, url } = await openedIncident();
  const why = "The glazier came.";
  clock.advance(1_000);
  expect((await change("yard-only", { do: "claim" })).headers["etag"]).toBe('"2"');
  await change("dispatcher", { do: "note", text: "Two boys, one ball." });
  const closed = await change("yard-only", { do: "close", outcome: "resolved", why }, 3);
  expect(closed.json()).toMatchObject({ state: "closed", claimed_by: "yard-only", closed_by: "yard-only" });
  const { entries } = (await ask("dispatcher", `${url}/log`)).json();
  expect(entries.slice(1)).toEqual([
    { revision: 2, at: "2026-11-22T12:00:01.000Z", by: "yard-only", change: { do: "claim" } },
    {
      revision: 3,
      at: "2026-11-22T12:00:01.000Z",
      by: "dispatcher",
      change: { do: "note", text: "Two boys, one ball." },
    },
    {
      revision: 4,
      at: "2026-11-22T12:00:01.000Z",
      by: "yard-only",
      change: { do: "close", outcome: "resolved", why },
    },
  ]);
  expect((await ask("dispatcher", `${url}/log?after=3`)).json().entries).toHaveLength(1);
});

test("two who edit one incident: the second must read it again", async () => {
  const { ask, change, url } = await openedIncident();
  const read = await ask("yard-only", url);
  expect(read.headers["etag"]).toBe('"1"');
  expect((await change("dispatcher", { do: "amend", title: "Two windows" }, 1)).statusCode).toBe(200);
  const late = await change("yard-only", { do: "amend", title: "A door" }, 1);
  expect([late.statusCode, kindOf(late)]).toEqual([412, "incident-changed"]);
  const blind = await change("yard-only", { do: "amend", title: "A door" });
  expect([blind.statusCode, kindOf(blind)]).toEqual([428, "if-match-needed"]);
  expect((await ask("yard-only", url)).json().title).toBe("Two windows");
});

test("widened past one's yard it is out of sight; brought back, what was detached is not told", async () => {
  const { ask, change, url } = await openedIncident();
  await change("dispatcher", { do: "attach", cameras: ["gate"], events: [GATE.occurrence, YARD.occurrence] });
  for (const path of [url, `${url}/log`]) expect((await ask("yard-only", path)).statusCode).toBe(404);
  expect((await change("yard-only", { do: "note", text: "Hello?" })).statusCode).toBe(404);
  const detach = { do: "detach", cameras: ["gate"], events: [GATE.occurrence], why: "another one" };
  await change("dispatcher", detach, 2);
  const { entries } = (await ask("yard-only", `${url}/log`)).json();
  const { occurrence, source, type, time } = YARD;
  expect(entries[1].change).toEqual({
    do: "attach",
    cameras: [],
    events: [{ occurrence, source, type, time }],
  });
});

test("it is handed over to somebody who may know of it, and theirs once they claim it", async () => {
  const { change } = await openedIncident();
  await change("dispatcher", { do: "claim" });
  for (const to of ["planner", "neighbour", "nobody"]) {
    expect(kindOf(await change("dispatcher", { do: "hand-over", to }))).toBe("hand-over-blind");
  }
  const offered = await change("dispatcher", { do: "hand-over", to: "yard-only", note: "Call the glazier." });
  expect(offered.json()).toMatchObject({ claimed_by: "dispatcher", offered_to: "yard-only" });
  expect((await change("yard-only", { do: "claim" })).json()).toMatchObject({ claimed_by: "yard-only" });
});

test.for([
  { do: "open", title: "Another", purpose: "a trick" },
  { do: "drop" },
  { do: "note", text: "" },
  { do: "note", text: "a\u0007b" },
  { do: "note", text: "x".repeat(4_001) },
  { do: "amend" },
  { do: "amend", claimed_by: "me" },
  { do: "attach" },
  {
    do: "attach",
    events: [{ occurrence: YARD.occurrence, source: "camera/yard", type: "a.b", time: "now" }],
  },
  { do: "close", outcome: "forgotten", why: "x" },
])("%j is refused", async (payload) => {
  const { change } = await openedIncident();
  expect((await change("dispatcher", payload, 1)).statusCode).toBe(400);
});
