import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Change, Records } from "@yardline/records/records";
import { openSqliteRecords } from "@yardline/records/sqlite";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { tenantRecords } from "./tenant-records.ts";

async function openStore(): Promise<Records> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-tenancy-"));
  const store = await openSqliteRecords({ path: join(folder, "records.sqlite") });
  onTestFinished(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  return store;
}

const TENANTS = ["kaminka", "kaminka-2", "lypivka"] as const;
const KINDS = ["incident", "2/incident"] as const;

const deed = fc.record({
  who: fc.constantFrom(...TENANTS),
  kind: fc.constantFrom(...KINDS),
  id: fc.constantFrom("a", "b", "c"),
  what: fc.oneof(
    fc.record({ value: fc.nat(9), expected: fc.constantFrom(0, 1, 2) }),
    fc.record({ value: fc.option(fc.nat(9), { nil: undefined }) }),
    fc.constant("drop" as const),
  ),
});

type Deed = {
  readonly kind: string;
  readonly id: string;
  readonly what: "drop" | { readonly value: number | undefined; readonly expected?: number };
};

async function carryOut(store: Records, { kind, id, what }: Deed): Promise<void> {
  if (what === "drop") return store.dropBefore(kind, id);
  const change: Change = { kind, id, ...what, value: what.value };
  // What was made against another revision is refused in both places.
  await store.write([change]).catch(() => undefined);
}

test("whatever tenants do on one store, each finds what it would on one of its own", {
  timeout: 60_000,
}, async () => {
  const shared = await openStore();
  const alone = new Map(await Promise.all(TENANTS.map(async (who) => [who, await openStore()] as const)));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 20 }), async (deeds) => {
      run += 1;
      const kindOf = (kind: string) => `${run}-${kind}`;
      for (const each of deeds) {
        const named = { ...each, kind: kindOf(each.kind) };
        const own = alone.get(each.who);
        if (own) await carryOut(own, named);
        await carryOut(tenantRecords(shared, each.who), named);
      }
      for (const [who, own] of alone) {
        const view = tenantRecords(shared, who);
        for (const kind of KINDS.map(kindOf)) {
          expect(await view.list(kind)).toEqual(await own.list(kind));
          expect(await view.findAll(kind, ["c", "a"])).toEqual(await own.findAll(kind, ["c", "a"]));
          expect(await view.find(kind, "b")).toEqual(await own.find(kind, "b"));
          expect(await shared.list(kind)).toEqual([]);
        }
      }
    }),
    { numRuns: 25 },
  );
});
