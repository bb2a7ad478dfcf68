import type { MessageKey } from "../messages/translate.ts";
import type { LogEntry } from "./log-view.ts";

/** Rules by which retention drops, as the log has them. */
const RULES: Readonly<Record<string, MessageKey>> = {
  "camera-time": "deletion.camera-time",
  "event-class": "deletion.event-class",
  "by-event": "deletion.by-event",
  "made-room": "deletion.made-room",
  "no-settings": "deletion.no-settings",
  "event-time": "deletion.event-time",
  "personal-time": "deletion.personal-time",
};

/** What one entry of the log proves. */
export type Deletion = {
  readonly seq: number;
  readonly at: string;
  /** A camera's id; absent where events went. */
  readonly camera?: string;
  readonly period?: string;
  readonly rule: MessageKey;
  readonly things: number;
  /** Says how many, with `count`: pieces of recording, periods of the index, or events that go on without what told of people. */
  readonly counted: MessageKey;
  /** All of it had ended before. */
  readonly before?: string;
  /** Holds that kept what they name. */
  readonly holds: number;
  /** Before its time: somebody should see to the disk. */
  readonly isEarly: boolean;
};

export function deletionOf({ seq, at, object, details = {} }: LogEntry): Deletion {
  const { rule, things, before, holds } = details;
  // Of which store they went is for whoever reads the log itself.
  const isFaded = rule === "personal-time";
  return {
    ...{ seq, at, things: Number(things) || 0, holds: Number(holds) || 0 },
    ...(object.kind === "camera" ? { camera: object.id } : !isFaded && { period: object.id }),
    counted: object.kind === "camera" ? "deletion.things" : isFaded ? "deletion.faded" : "deletion.periods",
    rule: RULES[String(rule)] ?? "deletion.other",
    ...(typeof before === "string" && Number.isFinite(Date.parse(before)) && { before }),
    isEarly: rule === "made-room",
  };
}
