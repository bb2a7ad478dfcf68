import { DeadLetter } from "@yardline/bus/dead-letter";
import type { BusRecord, Delivered } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import { EVENT_BYTES_MAX } from "@yardline/events/read-event";
import { Compile } from "typebox/compile";

/** What is kept of a body that is too long to be an event whatever release reads it: enough to see what it was. */
const LONG_BODY_BYTES_MAX = 16_384;

const letter = Compile(DeadLetter);

/** The record for the topic `dead-letters`. Found once more, it is put there once more: its key says so. */
export function deadLetterOf(
  { position, key, source, body }: Delivered,
  reason: string,
  now_ms: EpochMs,
): BusRecord {
  const kept = body.byteLength > EVENT_BYTES_MAX ? body.subarray(0, LONG_BODY_BYTES_MAX) : body;
  const value: DeadLetter = {
    topic: "events",
    position,
    key,
    source,
    reason,
    kept_at: isoOf(now_ms),
    bytes: body.byteLength,
    body_base64: Buffer.from(kept).toString("base64"),
  };
  return { key: position, source, body: new TextEncoder().encode(JSON.stringify(value)) };
}

/** @throws AppError `DEAD_LETTER` for what is none. */
export function readDeadLetter(body: Uint8Array): DeadLetter {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new AppError("DEAD_LETTER", "A message among the dead letters is none of ours: no JSON.", {
      cause,
    });
  }
  if (letter.Check(value)) return value;
  const [problem] = letter.Errors(value);
  const where = `${problem?.instancePath ?? ""} ${problem?.message ?? ""}`.trim();
  throw new AppError("DEAD_LETTER", `A message among the dead letters is none of ours: ${where}.`);
}

/** Its body, where all of it was kept. */
export function findWholeBody({ bytes, body_base64 }: DeadLetter): Uint8Array | undefined {
  const body = Buffer.from(body_base64, "base64");
  return body.byteLength === bytes ? body : undefined;
}
