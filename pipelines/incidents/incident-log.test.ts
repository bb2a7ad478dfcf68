import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { replay } from "./change-incident.ts";
import { feedEnd, readFeed } from "./feed.ts";
import type { Change } from "./incident.ts";
import { findIncident, listEntries, listIncidentsOf, writeChange, writeOpening } from "./incident-log.ts";
import { handRandom, NOON_MS, OPENING, refOf } from "./testing.ts";

async function opened() {
  const records = memoryRecords();
  const random = handRandom();
  const hand = (by: string, after_s = 0) => ({ by, at_ms: NOON_MS + after_s * 1_000 });
  const open = () => writeOpening(records, "town", OPENING, hand("olena"), random);
  const incident = await open();
  const change = (by: string, what: Change, expected?: number) =>
    writeChange(records, incident.id, { change: what, hand: hand(by, 1), ...(expected && { expected }) });
  return { records, incident, change, open };
}

test("what was opened is found, with its first entry, by its event, and among the open ones", async () => {
  const { records, incident } = await opened();
  expect(incident.id).toBe("2026-11-00000001");
  expect(await findIncident(records, incident.id)).toEqual(incident);
  expect(await listEntries(records, incident.id)).toEqual([
    { revision: 1, at: "2026-11-22T12:00:00.000Z", by: "olena", change: OPENING },
  ]);
  expect(await listIncidentsOf(records, refOf(0).occurrence)).toEqual([incident.id]);
  expect((await records.list("incident-open")).map(({ id }) => id)).toEqual([incident.id]);
});

test.for(["", "2026-11-0000000", "2026-11-00000001\0", "../../etc", "2026-11-zzzzzzzz"])(
  "under %j there is nothing",
  async (id) => {
    const { records } = await opened();
    expect(await findIncident(records, id)).toBeUndefined();
  },
);

test("closed it is among the open ones no more, opened again it is; detached, its event does not name it", async () => {
  const { records, incident, change } = await opened();
  const open = async () => (await records.list("incident-open")).map(({ id }) => id);
  await change("olena", { do: "close", outcome: "resolved", why: "glazed" });
  expect(await open()).toEqual([]);
  await change("petro", { do: "reopen", why: "it was another window" });
  expect(await open()).toEqual([incident.id]);
  await change("petro", { do: "detach", events: [refOf(0).occurrence], why: "wrong" });
  expect(await listIncidentsOf(records, refOf(0).occurrence)).toEqual([]);
});

test("a change against another revision is refused, and leaves no trace", async () => {
  const { records, incident, change } = await opened();
  await change("olena", { do: "claim" }, 1);
  await expect(change("petro", { do: "amend", title: "Two windows" }, 1)).rejects.toMatchObject({
    code: "INCIDENT_CHANGED",
  });
  expect((await findIncident(records, incident.id))?.title).toBe(OPENING.title);
  expect(await feedEnd(records)).toBe(2);
});

test("what is refused by the incident leaves no trace either", async () => {
  const { records, incident, change } = await opened();
  await expect(change("petro", { do: "release" })).rejects.toMatchObject({ code: "INCIDENT_NOT_CLAIMED" });
  expect(await listEntries(records, incident.id)).toHaveLength(1);
});

test("of many at once every note is kept, one claims, and the entries make the incident", async () => {
  const { records, incident, change } = await opened();
  const notes = Array.from({ length: 8 }, (_, at) => change("olena", { do: "note", text: `note ${at}` }));
  const claims = ["olena", "petro", "ivan"].map((by) => change(by, { do: "claim" }));
  const results = await Promise.allSettled([...notes, ...claims]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(9);
  const entries = await listEntries(records, incident.id);
  expect(entries.filter(({ change: { do: what } }) => what === "note")).toHaveLength(8);
  const { id, tenant } = incident;
  expect(replay({ id, tenant }, entries)).toEqual(await findIncident(records, id));
});

test("the feed tells each change once, in order, of all incidents; what has gone from it is said", async () => {
  const { records, incident, change, open } = await opened();
  await change("petro", { do: "claim" });
  const other = await open();
  const items = await readFeed(records, 0, await feedEnd(records));
  expect(items?.map(({ number, what, by, incident: of }) => `${number} ${of} ${by} ${what}`)).toEqual([
    `1 ${incident.id} olena open`,
    `2 ${incident.id} petro claim`,
    `3 ${other.id} olena open`,
  ]);
  expect(await readFeed(records, 3, 3)).toEqual([]);
  await records.dropBefore("incident-feed", "000000000002");
  expect(await readFeed(records, 0, 3)).toBeUndefined();
  expect(await readFeed(records, 1, 3)).toHaveLength(2);
});
