import { type EventType, LANGUAGES } from "./event-type.ts";

/** A vehicle at a stop of its run, as every transit event has it. */
export const CALL = {
  feed: "town",
  service_date: "20261122",
  trip_id: "7-0612",
  route_id: "r7",
  route_short_name: "7",
  vehicle_id: "0417",
  stop_id: "rynok",
  stop_name: "Ринок",
  stop_sequence: 4,
  scheduled_at: "2026-11-22T06:24:00.000Z",
};

/** What a kind says of such a call and its own facts, in Ukrainian, Russian and English. */
export function sentencesAt(entry: EventType, own: object): readonly string[] {
  const data = { ...CALL, ...own };
  if (!entry.validator().Check(data)) throw new Error(`That is no ${entry.type}.`);
  return LANGUAGES.map((language) => entry.sentence(data, language));
}
