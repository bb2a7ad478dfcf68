import fc from "fast-check";
import { expect, test } from "vitest";
import {
  charge,
  LEAD_MS,
  NO_TURNS,
  nextTurn,
  settle,
  type TurnLedger,
  type WaitingCall,
} from "./fair-turns.ts";

const call = (camera: string, deadline_ms: number): WaitingCall => ({ camera, deadline_ms });
const LIKELY_MS = 20;

/** One turn after the other for one detector, each camera asking again as soon as it had its own. */
function serve(ledger: TurnLedger, waiting: readonly WaitingCall[], costOf: (camera: string) => number) {
  const turn = nextTurn(ledger, waiting);
  if (!turn) throw new Error("somebody always waits");
  const cost_ms = costOf(turn.camera);
  const charged = charge(ledger, waiting, turn.camera, LIKELY_MS);
  return { turn, cost_ms, ledger: settle(charged, turn.camera, LIKELY_MS, cost_ms) };
}

test("nobody waits: nobody's turn; equals: the nearest deadline, then who came first", () => {
  expect(nextTurn(NO_TURNS, [])).toBe(undefined);
  const [late, soon, also_soon] = [call("gate", 900), call("yard", 500), call("lane", 500)];
  expect(nextTurn(NO_TURNS, [late, soon, also_soon])).toBe(soon);
});

test("who had more than the lead waits for the other, however near the deadline", () => {
  const waiting = [call("busy", 1), call("calm", 2_000)];
  const little = charge(NO_TURNS, waiting, "busy", LEAD_MS);
  expect(nextTurn(little, waiting)?.camera).toBe("busy");
  expect(nextTurn(charge(little, waiting, "busy", 1), waiting)?.camera).toBe("calm");
});

test("a camera that rested is served before a busy one, and saves up nothing", () => {
  let ledger = NO_TURNS;
  for (let turn = 0; turn < 100; turn++) ({ ledger } = serve(ledger, [call("busy", turn)], () => LIKELY_MS));
  const both = [call("busy", 0), call("calm", 1)];
  const turns = Array.from({ length: 8 }, () => {
    const served = serve(ledger, both, () => LIKELY_MS);
    ledger = served.ledger;
    return served.turn.camera;
  });
  expect(turns.filter((camera) => camera === "calm").length).toBeGreaterThanOrEqual(3);
  expect(turns.filter((camera) => camera === "busy").length).toBeGreaterThanOrEqual(3);
});

test("of cameras that always want more each gets the same time, whatever a call costs and however their deadlines lie", () => {
  const camera = fc.record({
    cost_ms: fc.integer({ min: 1, max: 60 }),
    deadline_ms: fc.integer({ min: -5_000, max: 5_000 }),
  });
  fc.assert(
    fc.property(fc.array(camera, { minLength: 2, maxLength: 12 }), (cameras) => {
      const waiting = cameras.map(({ deadline_ms }, at) => call(`${at}`, deadline_ms));
      const had_ms = cameras.map(() => 0);
      const dearest_ms = Math.max(...cameras.map(({ cost_ms }) => cost_ms));
      let ledger = NO_TURNS;
      for (let turn = 0; turn < 300; turn++) {
        const served = serve(ledger, waiting, (id) => cameras[Number(id)]?.cost_ms ?? 0);
        ledger = served.ledger;
        had_ms[Number(served.turn.camera)] = (had_ms[Number(served.turn.camera)] ?? 0) + served.cost_ms;
        expect(Math.max(...had_ms) - Math.min(...had_ms)).toBeLessThanOrEqual(LEAD_MS + dearest_ms);
      }
    }),
    { numRuns: 50 },
  );
});

test("a calm camera's call waits at most one lead and one call of each busy one", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 200 }),
      (busy, cost_ms, before) => {
        const others = Array.from({ length: busy }, (_, at) => call(`busy-${at}`, -1_000 - at));
        let ledger = NO_TURNS;
        for (let turn = 0; turn < before; turn++) ({ ledger } = serve(ledger, others, () => cost_ms));
        let waited_ms = 0;
        for (;;) {
          const served = serve(ledger, [...others, call("calm", 10_000)], () => cost_ms);
          if (served.turn.camera === "calm") break;
          ledger = served.ledger;
          waited_ms += cost_ms;
          expect(waited_ms).toBeLessThanOrEqual(busy * (LEAD_MS + cost_ms));
        }
      },
    ),
  );
});
