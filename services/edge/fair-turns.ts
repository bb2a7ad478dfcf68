/** A call that waits for the detector. */
export type WaitingCall = {
  readonly camera: string;
  /** Until when its answer is worth having, on the monotonic clock. */
  readonly deadline_ms: number;
};

/**
 * How much of the detector's time each camera has had, on a common scale: start-time fair queueing (Goyal, Vin, Cheng 1996). A camera
 * that asked for nothing for a while begins where the one served least is now, neither ahead for its rest nor behind.
 */
export type TurnLedger = {
  /** Where the camera served least among those who waited was at the last turn. */
  readonly floor_ms: number;
  readonly used_ms: ReadonlyMap<string, number>;
};

export const NO_TURNS: TurnLedger = { floor_ms: 0, used_ms: new Map() };

/** So far ahead of the one served least a camera may be and still have its turn, because its deadline is nearer. */
export const LEAD_MS = 30;
/** A call that hangs is not all its camera's fault. */
export const CHARGE_MS_MAX = 1_000;

/**
 * Whose turn it is: of the cameras that had at most `LEAD_MS` more of the detector's time than the one served least, the call with the
 * nearest deadline; of equal ones the first in the list.
 */
export function nextTurn<Call extends WaitingCall>(
  ledger: TurnLedger,
  waiting: readonly Call[],
): Call | undefined {
  const most_ms = leastUsed(ledger, waiting) + LEAD_MS;
  return waiting
    .filter(({ camera }) => usedBy(ledger, camera) <= most_ms)
    .reduce<Call | undefined>(
      (first, call) => (first && first.deadline_ms <= call.deadline_ms ? first : call),
      undefined,
    );
}

/**
 * A camera gets its turn. What the call will cost is not known before its end, so it is charged what it is likely to cost, and the
 * difference with `settle`.
 * @param waiting all that wait, this call among them.
 */
export function charge(
  ledger: TurnLedger,
  waiting: readonly WaitingCall[],
  camera: string,
  likely_ms: number,
): TurnLedger {
  const floor_ms = Math.max(ledger.floor_ms, leastUsed(ledger, waiting));
  const cost_ms = Math.min(CHARGE_MS_MAX, likely_ms);
  const used_ms = new Map(ledger.used_ms).set(camera, usedBy(ledger, camera) + cost_ms);
  return { floor_ms, used_ms };
}

/** A call has ended: it cost `cost_ms` of the detector's time, not `likely_ms`. */
export function settle(ledger: TurnLedger, camera: string, likely_ms: number, cost_ms: number): TurnLedger {
  const more_ms = Math.min(CHARGE_MS_MAX, cost_ms) - Math.min(CHARGE_MS_MAX, likely_ms);
  const used_ms = new Map(ledger.used_ms).set(camera, (ledger.used_ms.get(camera) ?? 0) + more_ms);
  return { ...ledger, used_ms };
}

function usedBy({ floor_ms, used_ms }: TurnLedger, camera: string): number {
  return Math.max(floor_ms, used_ms.get(camera) ?? 0);
}

function leastUsed(ledger: TurnLedger, waiting: readonly WaitingCall[]): number {
  return waiting.reduce(
    (least, { camera }) => Math.min(least, usedBy(ledger, camera)),
    Number.POSITIVE_INFINITY,
  );
}
