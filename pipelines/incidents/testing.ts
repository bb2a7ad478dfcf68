import type { EventRef, Opening } from "./incident.ts";

export const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

/** What is kept of the `n`-th event of a yard, or of wherever is said. */
export function refOf(n: number, over: Partial<EventRef> = {}): EventRef {
  const occurrence = `019ac0${n.toString(16).padStart(26, "0")}`;
  return {
    occurrence,
    source: "camera/yard",
    type: "yard.presence",
    time: "2026-11-22T11:59:00.000Z",
    ...over,
  };
}

export const OPENING: Opening = {
  do: "open",
  title: "A window was broken",
  purpose: "broken window, house 4",
  cameras: ["yard"],
  events: [refOf(0)],
};

/** As many bytes as are asked for, other ones each time, always the same. */
export function handRandom(): (bytes: number) => Uint8Array {
  let calls = 0;
  return (bytes) => {
    calls += 1;
    return Uint8Array.from({ length: bytes }, (_, at) => (calls >> (5 * (bytes - 1 - at))) & 31);
  };
}
