import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import type { Change } from "./incident.ts";
import { writeChange, writeOpening } from "./incident-log.ts";
import { type IncidentQuery, listIncidents } from "./list-incidents.ts";
import { handRandom, OPENING } from "./testing.ts";

/** Incidents of four months, by the day they were opened on; every second one is closed. */
const DAYS = ["2026-08-31", "2026-09-01", "2026-09-15", "2026-11-02", "2026-11-03", "2026-11-20"];

async function shelf() {
  const records = memoryRecords();
  const random = handRandom();
  for (const [at, day] of DAYS.entries()) {
    const hand = { by: "olena", at_ms: Date.parse(`${day}T10:00:00Z`) };
    const { id } = await writeOpening(
      records,
      "town",
      { ...OPENING, title: `Window no.${at}` },
      hand,
      random,
    );
    const change = (what: Change) => writeChange(records, id, { change: what, hand });
    if (at === 2) await change({ do: "note", text: "Двоє хлопців, один М’яч" });
    if (at === 5) await change({ do: "claim" });
    if (at % 2 === 0) await change({ do: "close", outcome: "resolved", why: "glazed" });
  }
  const days = async (query: Partial<IncidentQuery> = {}) => {
    const { incidents, cursor } = await listIncidents(records, { may: () => true, limit: 50, ...query });
    return { days: incidents.map(({ opened_at }) => opened_at.slice(0, 10)), cursor };
  };
  return { records, days };
}

const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);

test.for<[string, Partial<IncidentQuery>, readonly number[]]>([
  ["all", {}, [5, 4, 3, 2, 1, 0]],
  ["not closed", { states: ["open", "claimed", "escalated"] }, [5, 3, 1]],
  ["closed", { states: ["closed"] }, [4, 2, 0]],
  ["claimed by somebody", { claimed_by: "olena" }, [5]],
  ["from the first of a month", { from_ms: ms("2026-09-01") }, [5, 4, 3, 2, 1]],
  ["up to the first of a month", { to_ms: ms("2026-09-01") }, [0]],
  ["between", { from_ms: ms("2026-09-02"), to_ms: ms("2026-11-03") }, [3, 2]],
  ["words of the title, in any case", { text: "wINDOW NO.4" }, [4]],
  ["words of a note", { text: "хлопців М’ЯЧ" }, [2]],
  ["words of why it was closed", { text: "glazed" }, [4, 2, 0]],
  ["a word too much", { text: "glazed tomorrow" }, []],
  ["only what one may know of", { may: ({ title }) => title.endsWith("1") }, [1]],
])("%s", async ([, query, expected]) => {
  const { days } = await shelf();
  expect((await days(query)).days).toEqual(expected.map((at) => DAYS[at]));
});

test("page by page, over months, each once, whatever is opened meanwhile", async () => {
  const { records, days } = await shelf();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await days({ limit: 2, ...(cursor && { cursor }) });
    seen.push(...found.days);
    cursor = found.cursor;
    await writeOpening(records, "town", OPENING, { by: "petro", at_ms: Date.parse("2026-11-29T10:00:00Z") });
  } while (cursor !== undefined);
  expect(seen).toEqual(DAYS.toReversed());
});

test("a month that is not asked for is not read", async () => {
  const { records } = await shelf();
  const read: string[] = [];
  const list = (kind: string) => {
    read.push(kind);
    return records.list(kind);
  };
  await listIncidents({ ...records, list }, { may: () => true, limit: 50, from_ms: ms("2026-11-01") });
  expect(read).toEqual(["incident-month", "incident:2026-11"]);
});
