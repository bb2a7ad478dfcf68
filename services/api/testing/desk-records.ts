import { writeOpening } from "@yardline/incidents/incident-log";
import { saveSearch } from "@yardline/incidents/saved-search";
import { beginShift } from "@yardline/incidents/shift-log";
import { handRandom, OPENING } from "@yardline/incidents/testing";
import { memoryRecords } from "@yardline/records/memory";
import { NOON_MS, TENANT } from "./scenes.ts";

export const SEARCH = { name: "Gate", q: "zone:gate", shared: true, alert: true };

/** An incident of each yard, and a shift of each of their dispatchers. */
export async function deskRecords(cameras: readonly string[]) {
  const records = memoryRecords();
  const random = handRandom();
  for (const camera of cameras) {
    const opening = { ...OPENING, events: [], cameras: [camera] };
    await writeOpening(records, TENANT, opening, { by: "dispatcher", at_ms: NOON_MS }, random);
  }
  await saveSearch(records, TENANT, SEARCH, { by: "dispatcher", at_ms: NOON_MS }, handRandom());
  const turns = handRandom();
  for (const by of ["yard-only", "dispatcher"]) {
    await beginShift(records, { tenant: TENANT, purpose: "duty" }, { by, at_ms: NOON_MS }, turns);
  }
  return records;
}
