import { useCallback, useState } from "react";
import { listShifts } from "../api/client.ts";
import { type Polled, usePolling } from "../api/polling.ts";
import type { AnswerOf } from "../api/types.ts";

const SHIFTS_MS = 30_000;

export type Shifts = AnswerOf<"get", "/v1/shifts">;

const none = async (): Promise<Shifts> => ({ shifts: [] });

/**
 * Who is on duty, and what was left. What was known stays while it is asked for anew.
 * @param allowed whether whoever sits here has shifts at all: else nothing is asked for.
 */
export function useShifts(allowed = true): { readonly shifts: Polled<Shifts>; reload(): void } {
  const [times, setTimes] = useState(0);
  const asked = usePolling(
    `shifts/${allowed}/${times}`,
    allowed ? listShifts : none,
    allowed ? SHIFTS_MS : undefined,
  );
  const [known, setKnown] = useState(asked);
  if (asked.value && asked !== known) setKnown(asked);
  const reload = useCallback(() => setTimes((before) => before + 1), []);
  return { shifts: asked.value ? asked : { ...known, ...asked }, reload };
}
