import { CATALOGUE, findEntryOf, sentenceOf } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import { type EventType, LANGUAGES } from "@yardline/events/event-type";

/**
 * The texts that an event is searched by: its sentences and the text fields that its schema names. Personal fields are left
 * out, because they live shorter than the rest; so are instants, which are no words.
 */
export function textsOf(event: YardlineEvent): string[] {
  const sentences = LANGUAGES.map((language) => sentenceOf(event, language));
  const fields = fieldsOf.get(findEntryOf(event)) ?? [];
  return [...sentences, ...fields.flatMap((field) => stringsIn(event.data[field]))];
}

/** The fields of each kind that are searched. */
const fieldsOf: ReadonlyMap<EventType | undefined, readonly string[]> = new Map(
  CATALOGUE.map((entry) => [
    entry,
    Object.keys(entry.data.properties).filter((field) => !entry.retention.personal.includes(field)),
  ]),
);

const INSTANT = /^\d{4}-\d{2}-\d{2}T/;

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return INSTANT.test(value) ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
