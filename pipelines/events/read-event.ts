import { AppError, messageOf } from "@yardline/domain/errors";
import { Compile } from "typebox/compile";
import type { TLocalizedValidationError } from "typebox/error";
import { findEntryOf } from "./catalogue.ts";
import { YardlineEvent } from "./event.ts";
import { anchorOf } from "./identity.ts";

/** Most bytes of one statement in JSON. */
export const EVENT_BYTES_MAX = 256 * 1024;
/** Deepest nesting of objects and lists in its data: keeps every later walk over them short. */
const NESTING_MAX = 16;

const envelope = Compile(YardlineEvent);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads one statement in JSON from outside. Data of a type and version in the catalogue is checked by its schema, fields that
 * the schema does not name are let through; an unknown type or another version is checked by its envelope alone.
 * @throws AppError `EVENT_MALFORMED` that names the first wrong field.
 */
export function readEvent(body: Uint8Array | string): YardlineEvent {
  const event = parsed(textOf(body));
  if (!envelope.Check(event)) throw malformed(firstProblem(envelope.Errors(event)));
  if (event.id !== `${event.occurrence}.${event.revision}`) {
    throw malformed("/id must be {occurrence}.{revision}");
  }
  if (Date.parse(event.time) !== anchorOf(event.occurrence)) {
    throw malformed("/time must be the instant that the occurrence's first 12 digits name");
  }
  if (isDeeper(event.data, NESTING_MAX)) throw malformed(`/data is nested deeper than ${NESTING_MAX}`);
  const data = findEntryOf(event)?.validator();
  if (data && !data.Check(event.data)) throw malformed(`/data${firstProblem(data.Errors(event.data))}`);
  return event;
}

function textOf(body: Uint8Array | string): string {
  const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  if (bytes > EVENT_BYTES_MAX) throw malformed(`it has ${bytes} bytes, more than ${EVENT_BYTES_MAX}`);
  if (typeof body === "string") return body;
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw malformed("it is not UTF-8", cause);
  }
}

function parsed(text: string): unknown {
  // A key `__proto__` would reach an object's prototype in code that copies fields; the slow way is taken only where it may be.
  const suspicious = /__proto__|\\u005f/i.test(text);
  try {
    return JSON.parse(text, suspicious ? refuseProto : undefined);
  } catch (cause) {
    throw cause instanceof AppError ? cause : malformed(messageOf(cause), cause);
  }
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw malformed("a field must not be named __proto__");
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}

/** As `/data/camera must be string`. */
function firstProblem(errors: readonly TLocalizedValidationError[]): string {
  const [first] = errors;
  return first ? `${first.instancePath} ${first.message}` : " does not fit its schema";
}

function malformed(problem: string, cause?: unknown): AppError {
  return new AppError("EVENT_MALFORMED", `This is not an event: ${problem.trim()}.`, { cause });
}
