import type { EpochMs } from "@yardline/domain/time";
import type { Right } from "./rights.ts";

/**
 * What an agreement with the controller of somebody else's cameras (a housing association, a shop) may give to the town's people.
 * Nothing is given for always: each of them wants an occasion.
 */
export const GIVEN = {
  /** The alarms of a camera and, while one stands, the camera as it is now. */
  "live-on-alarm": { right: "live", on: "alarm" },
  /** Recordings, for an incident that is open. */
  "archive-on-request": { right: "archive", on: "incident" },
  /** Copies, for an incident that is open. */
  "export-on-request": { right: "export", on: "incident" },
} as const satisfies Readonly<Record<string, { readonly right: Right; readonly on: "alarm" | "incident" }>>;
export type Given = keyof typeof GIVEN;
export const GIVENS = ["live-on-alarm", "archive-on-request", "export-on-request"] as const satisfies Given[];

/** Whose a camera is that is not the town's, and what the town's people get of it. */
export type Agreement = {
  readonly id: string;
  readonly name: string;
  readonly gives: readonly Given[];
  /** RFC 3339; from then on nothing of it is given, recordings of the time before included. */
  readonly until?: string;
};

/** Why somebody looks: whether an alarm of the camera stands, and whether they named an open incident. */
export type Occasion = { readonly now_ms: EpochMs; readonly alarm?: boolean; readonly incident?: boolean };

/** Rights to pictures. The others concern the box that records, which is the town's to run whoever's camera it is. */
const OF_PICTURES: ReadonlySet<Right> = new Set(["live", "archive", "export", "unmask"]);

export function concernsPictures(right: Right): boolean {
  return OF_PICTURES.has(right);
}

export function isInForce({ until }: Agreement, now_ms: EpochMs): boolean {
  // An end that cannot be read is one that has come.
  return until === undefined || now_ms < Date.parse(until);
}

/**
 * Whether the town's people may know that something happened at a camera of an agreement, at the time it was told to them: whatever the agreement gives,
 * it tells of. What they wrote down about it then stays theirs to read when the agreement has ended; pictures are asked for anew each time.
 */
export function tellsTown(agreement: Agreement, at_ms: EpochMs): boolean {
  return agreement.gives.length > 0 && isInForce(agreement, at_ms);
}

/** Whether the town's people may by the agreement what they may with the town's own cameras. */
export function givesTown(agreement: Agreement, right: Right, occasion: Occasion | undefined): boolean {
  if (!concernsPictures(right)) return true;
  if (!occasion || !isInForce(agreement, occasion.now_ms)) return false;
  return agreement.gives.some((given) => GIVEN[given].right === right && occasion[GIVEN[given].on] === true);
}
