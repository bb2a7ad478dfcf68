import { describe, expect, onTestFinished, test } from "vitest";
import type { Records } from "./records.ts";

/** Where Records are kept: opening them again finds what was there. */
export type RecordsPlace = {
  open(): Promise<Records>;
  /** Afterwards nothing of them is left. */
  remove(): Promise<void>;
};

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

    test("says that it is closed", async () => {
      const { records } = await start();
      await records.close();
      await expect(records.find("camera", "yard")).rejects.toMatchObject({ code: "RECORDS_UNAVAILABLE" });
    });
  });
}
