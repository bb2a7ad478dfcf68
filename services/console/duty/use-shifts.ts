import { useCallback, useState } from "react";
import { listShifts } from "../api/client.ts";
import { type Polled, usePolling } from "../api/polling.ts";
import type { AnswerOf } from "../api/types.ts";

const SHIFTS_MS = 30_000;

export type Shifts = AnswerOf<"get", "/v1/shifts">;

/** Who is on duty, and what was left. What was known stays while it is asked for anew. */
export function useShifts(): { readonly shifts: Polled<Shifts>; reload(): void } {
  const [times, setTimes] = useState(0);
  const asked = usePolling(`shifts/${times}`, listShifts, SHIFTS_MS);
  const [known, setKnown] = useState(asked);
  if (asked.value && asked !== known) setKnown(asked);
  const reload = useCallback(() => setTimes((before) => before + 1), []);
  return { shifts: asked.value ? asked : { ...known, ...asked }, reload };
}
