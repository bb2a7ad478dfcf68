import { AppError } from "@yardline/domain/errors";
import { Type } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { findEntryOf } from "./catalogue.ts";
import type { YardlineEvent } from "./event.ts";
import type { EventType } from "./event-type.ts";
import { readEvent } from "./read-event.ts";

const strict = new Map<EventType, Validator>();

/**
 * One statement as JSON for the bus. Writers are strict: what this release writes is of its own catalogue and holds no field
 * that the schema does not name.
 * @throws AppError `EVENT_MALFORMED` that names the first wrong field.
 */
export function writeEvent(event: YardlineEvent): Uint8Array {
  const entry = findEntryOf(event);
  if (!entry) throw malformed(`${event.type} with ${event.dataschema} is not in the catalogue`);
  const [problem] = strictOf(entry).Errors(event.data);
  if (problem) throw malformed(`/data${problem.instancePath} of ${event.type} ${problem.message}`);
  const body = new TextEncoder().encode(JSON.stringify(event));
  readEvent(body);
  return body;
}

function strictOf(entry: EventType): Validator {
  const known = strict.get(entry);
  if (known) return known;
  const made = Compile(Type.Object(entry.data.properties, { additionalProperties: false }));
  strict.set(entry, made);
  return made;
}

function malformed(problem: string): AppError {
  return new AppError("EVENT_MALFORMED", `This event must not be written: ${problem}.`);
}
