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

/** What every event about one followed thing says beside its own fields. */
export const SEEN = {
  camera: "yard-1",
  since: "2026-11-22T06:15:04.120Z",
  until: "2026-11-22T06:17:19.120Z",
  track: "0192f0c1-7c4e-4c3e-9a57-3f1f6d3f7a10",
  score: 0.875,
  box: [0.25, 0.4, 0.32, 0.7] as [number, number, number, number],
  snapshot: "yard-1/9f2c41d07be8",
  clip: { from: "2026-11-22T06:14:59.120Z", to: "2026-11-22T06:17:24.120Z" },
  recorded: true as const,
  ended: "left" as const,
};
