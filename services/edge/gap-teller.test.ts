import { expect, test } from "vitest";
import { GapTeller } from "./gap-teller.ts";
import { Outbox } from "./outbox.ts";
import { SaidProducer } from "./testing.ts";
import { Whereabouts } from "./whereabouts.ts";

const SINCE_MS = Date.parse("2026-11-22T08:00:00Z");
const since = "2026-11-22T08:00:00.000Z";

function open(before?: ConstructorParameters<typeof GapTeller>[1]) {
  const producer = new SaidProducer();
  const outbox = new Outbox({ signal: new AbortController().signal, onGivenUp: () => undefined });
  const gaps = new GapTeller({ camera: "gate", whereabouts: new Whereabouts({}), producer, outbox }, before);
  const told = async () => {
    await outbox.settled();
    return producer.said.map(({ state, data }) => ({ state, data }));
  };
  return { gaps, told };
}

test("a gap is one occurrence from the last packet to the first one after it", async () => {
  const { gaps, told } = open();
  gaps.take({ kind: "connected", at_ms: SINCE_MS - 1 });
  gaps.take({ kind: "lost", why: "ended", since_ms: SINCE_MS, attempts: 0 });
  gaps.take({ kind: "lost", why: "refused", since_ms: SINCE_MS, attempts: 1 });
  gaps.take({ kind: "returned", why: "refused", since_ms: SINCE_MS, at_ms: SINCE_MS + 9_000, attempts: 2 });
  expect(await told()).toEqual([
    { state: "open", data: { camera: "gate", since, why: "ended", attempts: 0 } },
    { state: "updated", data: { camera: "gate", since, why: "refused", attempts: 1 } },
    {
      state: "closed",
      data: {
        camera: "gate",
        since,
        why: "refused",
        attempts: 1,
        until: "2026-11-22T08:00:09.000Z",
        ended: "returned",
      },
    },
  ]);
});

test("a gap that was open before a restart goes on under its own beginning", async () => {
  const { gaps, told } = open({ camera: "gate", since, why: "silent", attempts: 3 });
  gaps.take({ kind: "lost", why: "refused", since_ms: SINCE_MS + 60_000, attempts: 1 });
  gaps.take({ kind: "connected", at_ms: SINCE_MS + 90_000 });
  expect(await told()).toEqual([
    { state: "updated", data: { camera: "gate", since, why: "refused", attempts: 1 } },
    {
      state: "closed",
      data: {
        camera: "gate",
        since,
        why: "refused",
        attempts: 1,
        until: "2026-11-22T08:01:30.000Z",
        ended: "returned",
      },
    },
  ]);
});
