import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Records } from "./records.ts";
import { type Deed, doAll, isSerial } from "./serial-order.ts";

/** Where Records are kept: opening them again finds what was there. */
export type RecordsPlace = {
  open(): Promise<Records>;
  /** Several may have them open at once. */
  readonly isShared: boolean;
  /** Afterwards nothing of them is left. */
  remove(): Promise<void>;
};

// Few rows and many blind changes, so that most runs collide.
const id = fc.constantFrom("a", "b", "c");
const step = fc.record({
  id,
  expected: fc.option(fc.constantFrom(0, 1, 2), { nil: undefined, freq: 1 }),
  value: fc.option(fc.nat(9), { nil: undefined, freq: 4 }),
});
const changes = fc.array(step, { minLength: 1, maxLength: 3 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant("write" as const), changes }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("drop" as const), before: id }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("list" as const) }) },
);
/** What each caller does, one thing after the other. */
const plans = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 4 });
const BEFORE = new Map([
  ["a", { revision: 1, value: 0 }],
  ["b", { revision: 1, value: 0 }],
]);

/** What every adapter must do; each one's test file calls this with a place of its own. */
export function describeRecords(name: string, create: () => Promise<RecordsPlace>): void {
  const start = async () => {
    const place = await create();
    let records = await place.open();
    onTestFinished(async () => {
      await records.close();
      await place.remove();
    });
    const reopen = async () => {
      await records.close();
      records = await place.open();
      return records;
    };
    return { records, reopen };
  };

  describe(name, () => {
    test("keeps what was written, by kind and id, with a revision that grows by one", async () => {
      const { records, reopen } = await start();
      const value = { name: "Двір 1", corners: [0.5, null, true], empty: {} };
      await records.write([{ kind: "camera", id: "yard", value }]);
      await records.write([{ kind: "camera", id: "yard", value: { ...value, name: "Двір 2" } }]);
      await records.write([{ kind: "zone", id: "yard", value: null }]);
      const expected = [
        { kind: "camera", id: "yard", revision: 2, value: { ...value, name: "Двір 2" } },
        { kind: "zone", id: "yard", revision: 1, value: null },
        undefined,
      ];
      const found = async (from: Records) => [
        await from.find("camera", "yard"),
        await from.find("zone", "yard"),
        await from.find("camera", "none"),
      ];
      expect(await found(records)).toEqual(expected);
      expect(await found(await reopen())).toEqual(expected);
    });

    test("lists a kind by id", async () => {
      const { records } = await start();
      await records.write(["b", "a", "c"].map((id) => ({ kind: "camera", id, value: id })));
      await records.write([{ kind: "other", id: "z", value: 0 }]);
      expect((await records.list("camera")).map(({ id, value }) => [id, value])).toEqual([
        ["a", "a"],
        ["b", "b"],
        ["c", "c"],
      ]);
      expect(await records.list("none")).toEqual([]);
    });

    test("finds those of many ids that exist, in the order asked for", async () => {
      const { records } = await start();
      await records.write(["b", "a", "c"].map((id) => ({ kind: "camera", id, value: id })));
      const rows = await records.findAll("camera", ["c", "none", "a"]);
      expect(rows.map(({ id, value }) => [id, value])).toEqual([
        ["c", "c"],
        ["a", "a"],
      ]);
      expect(await records.findAll("camera", [])).toEqual([]);
    });

    test("drops what sorts before an id, of one kind", async () => {
      const { records } = await start();
      await records.write(["019a", "019b", "019c"].map((id) => ({ kind: "closed", id, value: id })));
      await records.write([{ kind: "other", id: "0001", value: 0 }]);
      await records.dropBefore("closed", "019b");
      expect((await records.list("closed")).map(({ id }) => id)).toEqual(["019b", "019c"]);
      expect(await records.list("other")).toHaveLength(1);
    });

    test("sorts ids bytewise, whatever the language and the letters", async () => {
      const { records } = await start();
      const ids = [
        "",
        "-",
        "A",
        "Z",
        "a",
        "e\u0301",
        "z",
        "é",
        "Ґ",
        "є",
        "я",
        "ґ",
        "\uFFFD",
        "😀",
        "a😀",
        "a\uFFFD",
      ];
      await records.write(ids.map((id) => ({ kind: "word", id, value: id })));
      const sorted = ids.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      expect((await records.list("word")).map(({ id }) => id)).toEqual(sorted);
      await records.dropBefore("word", "я");
      expect((await records.list("word")).map(({ id }) => id)).toEqual(sorted.slice(sorted.indexOf("я")));
    });

    test.for([
      ["a large one", { text: "Двір ".repeat(200_000) }],
      ["NUL and half a character", { "\0": "a\0b", half: "\uD83D", other: ["\uDE00\uD83D"] }],
      ["the order of its fields", { b: 1, a: { d: 1, c: 2 }, ї: [0.1, 1e21, -5] }],
      ["text that looks like JSON", '{"a": 1}'],
      ["nothing", ""],
      ["null", null],
    ] as const)("keeps %s of a value as it was said", async ([, value]) => {
      const { records, reopen } = await start();
      await records.write([{ kind: "note", id: "1", value }]);
      const row = await (await reopen()).find("note", "1");
      expect(JSON.stringify(row?.value)).toBe(JSON.stringify(value));
    });

    test.for([
      ["an id with NUL", { kind: "note", id: "a\0b", value: 1 }],
      ["an id with half a character", { kind: "note", id: "\uD83D", value: 1 }],
      ["an id too long", { kind: "note", id: "ї".repeat(1_025), value: 1 }],
      ["a kind with NUL", { kind: "no\0te", id: "a", value: 1 }],
      ["a value too large", { kind: "note", id: "a", value: "x".repeat(16 * 1024 * 1024) }],
    ] as const)("refuses %s, by name, and keeps nothing of the call", async ([, change]) => {
      const { records } = await start();
      const writing = records.write([{ kind: "note", id: "good", value: 1 }, change]);
      await expect(writing).rejects.toMatchObject({ code: "RECORDS_REFUSED", retryable: false });
      expect(await records.list("note")).toEqual([]);
      expect(await records.find("note", change.id)).toBeUndefined();
    });

    test("keeps the longest id there may be, of characters that do not shrink", async () => {
      const { records } = await start();
      const id = Array.from({ length: 512 }, (_, at) => String.fromCodePoint(0x1_0000 + at * 37)).join("");
      await records.write([{ kind: "k".repeat(256), id, value: 1 }]);
      expect((await records.find("k".repeat(256), id))?.revision).toBe(1);
    });

    test("deletes, and begins again at revision 1", async () => {
      const { records } = await start();
      await records.write([{ kind: "camera", id: "yard", value: 1 }]);
      await records.write([
        { kind: "camera", id: "yard", expected: 1, value: undefined },
        { kind: "camera", id: "never there", value: undefined },
      ]);
      expect(await records.find("camera", "yard")).toBeUndefined();
      await records.write([{ kind: "camera", id: "yard", expected: 0, value: 2 }]);
      expect((await records.find("camera", "yard"))?.revision).toBe(1);
    });

    test.for([
      ["a row that moved on", 1],
      ["a row that should not be there", 0],
      ["a row that never was", 7],
    ] as const)("changes nothing when one change is against %s", async ([, expected]) => {
      const { records } = await start();
      const value = "before";
      await records.write([{ kind: "camera", id: "yard", value }]);
      await records.write([{ kind: "camera", id: "yard", value }]);
      const changes = [
        { kind: "camera", id: "other", value: "new" },
        { kind: "camera", id: "yard", expected, value: "after" },
      ];
      await expect(records.write(changes)).rejects.toMatchObject({
        code: "RECORDS_CONFLICT",
        retryable: false,
      });
      expect(await records.list("camera")).toEqual([{ kind: "camera", id: "yard", revision: 2, value }]);
    });

    test("sees earlier changes of the same transaction", async () => {
      const { records } = await start();
      await records.write([
        { kind: "camera", id: "yard", expected: 0, value: 1 },
        { kind: "camera", id: "yard", expected: 1, value: 2 },
      ]);
      expect((await records.find("camera", "yard"))?.value).toBe(2);
    });

    test("of two that change the same row, one is told", async () => {
      const { records } = await start();
      await records.write([{ kind: "camera", id: "yard", value: 0 }]);
      const changes = ["one", "two"].map((value) => [{ kind: "camera", id: "yard", expected: 1, value }]);
      const results = await Promise.allSettled(changes.map((change) => records.write(change)));
      expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    });

    test("what many do at once is as if one came after the other", async () => {
      const place = await create();
      const clients = [await place.open()];
      if (place.isShared) clients.push(await place.open(), await place.open());
      onTestFinished(async () => {
        for (const client of clients) await client.close();
        await place.remove();
      });
      let runs = 0;
      const check = async (each: readonly (readonly Deed[])[]) => {
        const kind = `run ${runs++}`;
        await pick(clients, 0).write([...BEFORE].map(([id, { value }]) => ({ kind, id, value })));
        const seen = await Promise.all(each.map((deeds, at) => doAll(pick(clients, at), kind, deeds)));
        const last = await doAll(pick(clients, 0), kind, [{ what: "list" }]);
        expect(isSerial(BEFORE, seen, last), JSON.stringify([...seen, last])).toBe(true);
      };
      await fc.assert(fc.asyncProperty(plans, check), { numRuns: 200 });
    });

    test("says that it is closed", async () => {
      const { records } = await start();
      await records.close();
      await expect(records.find("camera", "yard")).rejects.toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    });
  });
}

function pick(clients: readonly Records[], at: number): Records {
  const client = clients[at % clients.length];
  if (!client) throw new Error("nobody has the records open");
  return client;
}
