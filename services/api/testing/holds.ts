import type { KeptHold } from "@yardline/records/holds";
import type { HoldView } from "../privacy-parts.ts";
import { NOON_MS } from "./scenes.ts";

export const HOLDS = { own: "hold-of-yard", foreign: "hold-of-gate" };

/** What somebody asks who holds a camera's recording. */
export function askedHold(camera: string): object {
  const asked = { reason: "asked for by the police", legal_basis: "case 12", until: "2026-12-23T00:00:00Z" };
  return { camera, from: "2026-11-22T11:00:00Z", to: "2026-11-22T12:00:00Z", ...asked };
}

/** One of each camera, made by the dispatcher. */
export function keptHolds(): HoldView {
  const of = (id: string, camera: string): KeptHold => {
    const period = { from_ms: NOON_MS - 60_000, to_ms: NOON_MS, held_at_ms: NOON_MS };
    return { id, revision: 1, hold: { camera, ...period, held_by: "dispatcher" } };
  };
  return {
    list: async () => [of(HOLDS.own, "yard"), of(HOLDS.foreign, "gate")],
    make: async ({ camera }) => of("made", camera),
    extend: async () => undefined,
    release: async () => undefined,
  };
}
