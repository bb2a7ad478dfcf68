import assert from "node:assert/strict";
import type { Box } from "@yardline/domain/box";
import { isoOf } from "@yardline/domain/time";
import { findEventType } from "@yardline/events/catalogue";
import type { EventType } from "@yardline/events/event-type";
import type { Happening } from "@yardline/rules/scene/scene-rule";
import type { Raised } from "@yardline/rules/scene/scene-watch";
import type { RecordingPlan } from "./recording-plan.ts";

const DIGITS = 4;

type BoxTuple = readonly [left: number, top: number, right: number, bottom: number];

/** The data of one statement; which fields there are is the event type's business, and its writer checks it. */
export type HappeningData = Readonly<Record<string, unknown>>;

/** The kind of event that a rule's happenings become; a rule that raises what the catalogue lacks is a mistake of ours. */
export function eventTypeOf({ raises }: Raised): EventType {
  const eventType = findEventType(raises);
  assert(eventType, `the catalogue has no ${raises}`);
  return eventType;
}

/** A happening as its kind of event has it; what only a live camera knows (snapshot, clip) is added by who has it. */
export function happeningData(camera: string, { rule, zone, finding }: Raised): HappeningData {
  const { since_ms, until_ms, track, shown, facts, ended } = finding.data;
  return {
    camera,
    rule,
    ...(zone !== undefined && { zone }),
    ...(track !== undefined && { track }),
    ...facts,
    since: isoOf(since_ms),
    until: isoOf(until_ms),
    ...(shown && { box: tupleOf(shown.best.box) }),
    ...(ended && { ended }),
  };
}

/** The form of a box in events. */
export function tupleOf({ left, top, right, bottom }: Box): BoxTuple {
  return [rounded(left), rounded(top), rounded(right), rounded(bottom)];
}

/** The recording from before it begins until after it is over, as the camera's plan keeps it. Times before 1970 do not exist. */
export function clipOf(
  { since_ms, until_ms }: Pick<Happening, "since_ms" | "until_ms">,
  { pre_roll_ms, post_roll_ms }: RecordingPlan,
): { readonly from: string; readonly to: string } {
  return { from: isoOf(Math.max(0, since_ms - pre_roll_ms)), to: isoOf(until_ms + post_roll_ms) };
}

function rounded(share: number): number {
  return Math.min(1, Math.max(0, Number(share.toFixed(DIGITS))));
}
