import type { BusRecord, EventBus } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { State } from "@yardline/events/event";
import { readEvent } from "@yardline/events/read-event";
import { handClock } from "@yardline/testkit/hand-clock";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gapOf } from "./fixtures/gap.ts";
import { openProducer } from "./open-occurrences.ts";
import type { Change, Records } from "./records.ts";

/** Stores that outlive their process, which dies (or is refused) at the nth thing that it asks of them. */
function disk() {
  const rows = new Map<string, { kind: string; id: string; json: string }>();
  const published: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  let how: Fault["how"] = "refused";
  let die = () => {};

  /** Does the work, or not, and then answers, or never. */
  async function step(work: () => void): Promise<void> {
    if (--left !== 0) return work();
    if (how === "refused") throw new AppError("BUS_UNAVAILABLE", "The disk is full.", { retryable: true });
    if (how === "died after it") work();
    die();
    await new Promise(() => {});
  }
  const apply = ({ kind, id, value }: Change) => {
    if (value === undefined) rows.delete(`${kind} ${id}`);
    else rows.set(`${kind} ${id}`, { kind, id, json: JSON.stringify(value) });
  };
  const listed = (kind: string) =>
    [...rows.values()]
      .filter((row) => row.kind === kind)
      .map(({ id, json }) => ({ kind, id, revision: 1, value: JSON.parse(json) }));
  const records: Pick<Records, "findAll" | "list" | "write" | "dropBefore"> = {
    findAll: async (kind, ids) => listed(kind).filter(({ id }) => ids.includes(id)),
    list: async (kind) => listed(kind),
    write: (changes) => step(() => changes.forEach(apply)),
    dropBefore: async () => {},
  };
  const publish = (_topic: string, batch: readonly BusRecord[]) =>
    step(() => {
      published.push(...batch.map(({ body }) => new TextDecoder().decode(body)));
    });
  return {
    published,
    records: records as Records,
    bus: { publish } as unknown as EventBus,
    /** @returns a promise that resolves when the process dies. */
    fault({ at, how: kind }: Fault): Promise<"dead"> {
      left = at;
      how = kind;
      return new Promise((resolve) => {
        die = () => resolve("dead");
      });
    },
  };
}

type Fault = { readonly at: number; readonly how: "refused" | "died before it" | "died after it" };

const said = fc.record({
  camera: fc.constantFrom("a", "b", "c"),
  state: fc.constantFrom<State>("open", "updated", "closed", "withdrawn"),
  attempts: fc.nat(3),
});
type Call = readonly { readonly camera: string; readonly state: State; readonly attempts: number }[];
const life = fc.record({
  calls: fc.array(fc.array(said, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
  fault: fc.record({
    at: fc.integer({ min: 1, max: 12 }),
    how: fc.constantFrom("refused", "died before it", "died after it"),
  }),
});

test("whatever fails or dies at whichever step, revisions stay right and nothing acknowledged is missing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      const { published, records, bus, fault } = disk();
      const clock = handClock(1_000_000);
      const settings = { name: "edge", tenant: "town", bus, records, clock, remember_ms: 1e9 };
      const acknowledged: string[] = [];
      // A service says again what was not acknowledged, also after it was started again.
      let unsaid: readonly Call[] = [];
      for (const { calls, fault: next } of lives) {
        const died = fault(next);
        unsaid = [...unsaid, ...calls];
        const living = async () => {
          const producer = await openProducer(settings);
          for (let [call, ...others] = unsaid; call; [call, ...others] = unsaid) {
            clock.advance(60_000);
            const isSaid = await producer.state(call.map(gapOf)).then(
              () => true,
              () => false,
            );
            if (!isSaid) continue;
            acknowledged.push(...lastOf(call));
            unsaid = others;
          }
        };
        await Promise.race([living().catch(() => {}), died]);
      }
      void fault({ at: Number.POSITIVE_INFINITY, how: "refused" });
      await openProducer(settings);
      check(published, acknowledged);
    }),
    { numRuns: 400 },
  );
});

/** What a call said last, and must have been published; an update may have been passed over as too soon. */
function lastOf(call: Call): string[] {
  const { camera = "", state = "", attempts = 0 } = call.at(-1) ?? {};
  return state === "updated" ? [] : [`${camera} ${state} ${attempts}`];
}

function check(published: readonly string[], acknowledged: readonly string[]): void {
  const contents = new Map<string, string>();
  const highest = new Map<string, number>();
  const told = new Set<string>();
  for (const text of published) {
    const { id, occurrence, revision, state, data } = readEvent(text);
    expect(contents.get(id) ?? text).toBe(text);
    contents.set(id, text);
    expect(revision).toBeGreaterThanOrEqual(highest.get(occurrence) ?? 0);
    highest.set(occurrence, revision);
    told.add(`${data["camera"]} ${state === "updated" ? "open" : state} ${data["attempts"]}`);
  }
  expect(acknowledged.filter((each) => !told.has(each))).toEqual([]);
}
