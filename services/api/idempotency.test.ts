import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Doing, Idempotency, KEPT_MS, type KeptAnswer, printOf } from "./idempotency.ts";
import { NOON_MS } from "./testing/scenes.ts";

const ANSWER: KeptAnswer = { status: 201, headers: { etag: '"1"' }, body: '{"token":"yl_secret"}' };
const sent = (over: object = {}) => ({ person: "olena", key: "0123456789abcdef", print: "p", ...over });

function shelf() {
  const records = memoryRecords();
  const clock = handClock(NOON_MS);
  const doors = () => new Idempotency(records, clock);
  return { records, clock, doors };
}

async function begin(doors: Idempotency, over: object = {}): Promise<Doing> {
  const began = await doors.begin(sent(over));
  if ("status" in began) throw new Error("it was answered already");
  return began;
}

test("the same again gets the same answer, also of another process, for a day", async () => {
  const { clock, doors } = shelf();
  await (await begin(doors())).done(ANSWER);
  expect(await doors().begin(sent())).toEqual(ANSWER);
  clock.advance(KEPT_MS - 1);
  expect(await doors().begin(sent())).toEqual(ANSWER);
  clock.advance(1);
  await begin(doors());
});

test("the same key for something else is refused; another person's is another key", async () => {
  const { doors } = shelf();
  await (await begin(doors())).done(ANSWER);
  await expect(doors().begin(sent({ print: "q" }))).rejects.toMatchObject({ status: 422 });
  await begin(doors(), { person: "petro" });
});

test("while it is being done it is not done again; what was refused may be tried again", async () => {
  const { doors } = shelf();
  const doing = await begin(doors());
  await expect(doors().begin(sent())).rejects.toMatchObject({ status: 409, code: "IDEMPOTENCY_GOING" });
  await doing.forget();
  await begin(doors());
});

test("killed in the middle nobody can tell, and it is never done twice", async () => {
  const { clock, doors } = shelf();
  await begin(doors());
  clock.advance(120_000);
  await expect(doors().begin(sent())).rejects.toMatchObject({ code: "IDEMPOTENCY_UNKNOWN" });
});

test.for([-1, 0, 1])("of many at once, %i ms from midnight, one does it", async (ms) => {
  const { records, clock } = shelf();
  clock.setNow(Date.parse("2026-11-23T00:00:00Z") + ms);
  const late = handClock(Date.parse("2026-11-22T23:59:59.999Z"));
  const doors = [clock, late, clock, late].map((each) => new Idempotency(records, each));
  const results = await Promise.allSettled(doors.map((each) => each.begin(sent())));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("what is kept says neither the key nor the answer", async () => {
  const { records, doors } = shelf();
  await (await begin(doors())).done(ANSWER);
  const text = JSON.stringify(await records.list("idempotency:2026-11-22"));
  expect(text).not.toMatch(/yl_secret|0123456789abcdef|olena/);
});

test("an answer that is too large is known to have been given", async () => {
  const { doors } = shelf();
  await (await begin(doors())).done({ ...ANSWER, body: "x".repeat(65 * 1024) });
  await expect(doors().begin(sent())).rejects.toMatchObject({ code: "IDEMPOTENCY_LARGE" });
});

test("one person fills nothing, and after two days nothing is left", async () => {
  const { records, clock, doors } = shelf();
  const one = doors();
  for (let n = 0; n < 2_000; n += 1) await begin(one, { key: `key of somebody ${n}` });
  await expect(begin(one, { key: "one key too many" })).rejects.toMatchObject({ status: 429 });
  clock.advance(2 * KEPT_MS);
  await begin(one);
  expect(await records.list("idempotency:2026-11-22")).toEqual([]);
});

test("whatever is kept comes back to the byte, and to nobody with another key", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string({ minLength: 16 }), async (body, key) => {
      const { doors } = shelf();
      await (await begin(doors(), { key })).done({ ...ANSWER, body });
      expect(await doors().begin(sent({ key }))).toMatchObject({ body });
    }),
    { numRuns: 20 },
  );
});

test("what a request asks for", () => {
  const print = printOf("POST", "/v1/a", undefined, { b: 1 });
  expect(printOf("POST", "/v1/a", undefined, { b: 1 })).toBe(print);
  for (const other of [
    printOf("POST", "/v1/b", undefined, { b: 1 }),
    printOf("POST", "/v1/a", '"1"', { b: 1 }),
    printOf("POST", "/v1/a", undefined, { b: 2 }),
    printOf("POST", "/v1/a", undefined, undefined),
  ]) {
    expect(other).not.toBe(print);
  }
});
