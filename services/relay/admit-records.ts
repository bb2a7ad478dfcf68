import type { BusRecord } from "@yardline/bus/event-bus";
import { readPosition } from "@yardline/bus/position-record";
import { AppError } from "@yardline/domain/errors";
import { findEntryOf } from "@yardline/events/catalogue";
import type { YardlineEvent } from "@yardline/events/event";
import { occurrenceOf } from "@yardline/events/identity";
import { readEvent } from "@yardline/events/read-event";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { type EdgeEntry, speaksFor } from "./edge-directory.ts";
import { edgeId } from "./identity.ts";
import type { Receipt, Relayed, WireRecord } from "./wire.ts";

const CAMERA_STATUS_CHARS_MAX = 16_384;
const CameraStatus = Type.Object({ id: Type.String({ minLength: 1 }) });

export type Admitted = {
  readonly records: readonly BusRecord[];
  readonly refused: Receipt["refused"];
};

/**
 * Sorts what an edge sent into what it may say and what not. Nothing is rewritten: an occurrence's name is a hash of its source,
 * so another source would be another occurrence. What is stamped is the record around the statement: its source becomes
 * `{tenant}/{edge}/{source}`, out of the certificate, so that every reader knows who delivered it.
 */
export function admitRecords(topic: Relayed, records: readonly WireRecord[], entry: EdgeEntry): Admitted {
  const admitted: BusRecord[] = [];
  const refused: Receipt["refused"] = [];
  for (const [at, record] of records.entries()) {
    try {
      CHECKS[topic](record, entry);
      if (!speaksFor(entry, record.source)) {
        throw foreign("SOURCE_FOREIGN", `${record.source} is not registered for edge "${entry.edge}"`);
      }
      const source = `${edgeId(entry)}/${record.source}`;
      admitted.push({ key: record.key, source, body: new TextEncoder().encode(record.body) });
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      refused.push({ at, code: thrown.code, reason: thrown.message });
    }
  }
  return { records: admitted, refused };
}

const CHECKS: Readonly<Record<Relayed, (record: WireRecord, entry: EdgeEntry) => void>> = {
  events({ key, source, body }, { tenant }) {
    const event = readEvent(body);
    if (event.tenant !== tenant) {
      throw foreign(
        "TENANT_FOREIGN",
        `it speaks for tenant "${event.tenant}", the certificate is of "${tenant}"`,
      );
    }
    if (event.source !== source || event.occurrence !== key) {
      throw foreign(
        "RECORD_MISLABELLED",
        "its record names another source or occurrence than it does itself",
      );
    }
    if (!isNamedByItsFacts(event)) {
      throw foreign(
        "OCCURRENCE_FOREIGN",
        "its occurrence is not the one that its source, type and facts name",
      );
    }
  },
  positions({ key, body }) {
    const position = readPosition(new TextEncoder().encode(body));
    if (!position) throw new AppError("POSITION_MALFORMED", "This is not a vehicle's position.");
    if (position.vehicle_id !== key) {
      throw foreign("RECORD_MISLABELLED", "its record names another vehicle than it does itself");
    }
  },
  cameras({ key, source, body }) {
    const id = idOf(body);
    if (id === undefined) throw new AppError("CAMERA_STATUS_MALFORMED", "This is not a camera's status.");
    if (id !== key || source !== `camera/${id}`) {
      throw foreign("RECORD_MISLABELLED", "its record names another camera than it does itself");
    }
  },
};

/** Whose status it is. The rest is checked by its reader: what a camera's status holds is for edge and api to agree. */
function idOf(body: string): string | undefined {
  if (body.length > CAMERA_STATUS_CHARS_MAX) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return Value.Check(CameraStatus, value) ? value.id : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether an occurrence's name is the one that its own facts give; without this an edge could outbid another edge's statement
 * by a higher revision. Of a type that only a newer release knows this cannot be told, and it is let through.
 */
function isNamedByItsFacts(event: YardlineEvent): boolean {
  const entry = findEntryOf(event);
  return !entry || occurrenceOf(event.source, event.type, entry.identity(event.data)) === event.occurrence;
}

function foreign(code: string, why: string): AppError {
  return new AppError(code, `This must not be said by this edge: ${why}.`);
}
