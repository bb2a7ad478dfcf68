import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { openAudit } from "./audit.ts";
import { BEGINNING, type Head } from "./chain.ts";
import type { NewEntry } from "./entry.ts";
import type { AuditStore } from "./store.ts";
import { deed } from "./testing.ts";

/** A store whose appends end when the test says so. */
function heldStore() {
  const appends: { readonly deeds: readonly NewEntry[]; readonly end: PromiseWithResolvers<Head> }[] = [];
  const store: AuditStore = {
    append(deeds) {
      const end = Promise.withResolvers<Head>();
      appends.push({ deeds, end });
      return end.promise;
    },
    read: async () => [],
    extent: async () => ({ first: BEGINNING, head: BEGINNING }),
    async *lines() {},
    notes: async () => "",
    prune: async () => undefined,
    torn_bytes: 0,
    isDamaged: false,
    lookAfter: async () => undefined,
    close: async () => undefined,
  };
  return { appends, audit: openAudit(store, { now_ms: () => 1 }) };
}

test("who writes while others do goes to the disk together with them, and nobody is told before it is there", async () => {
  const { appends, audit } = heldStore();
  const told: string[] = [];
  const write = (who: string) => audit.write(deed({ who })).then(() => told.push(who));
  const all = ["a", "b", "c"].map(write);
  expect(appends.map(({ deeds }) => deeds.map(({ who }) => who))).toEqual([["a"]]);
  appends[0]?.end.resolve(BEGINNING);
  await all[0];
  expect([told, appends[1]?.deeds.map(({ who }) => who)]).toEqual([["a"], ["b", "c"]]);
  appends[1]?.end.resolve(BEGINNING);
  await Promise.all(all);
  expect(told).toEqual(["a", "b", "c"]);
});

test("a failure is that of those who wrote together, and the next goes on", async () => {
  const { appends, audit } = heldStore();
  const first = audit.write(deed());
  appends[0]?.end.reject(new AppError("AUDIT_UNAVAILABLE", "full", { retryable: true }));
  await expect(first).rejects.toMatchObject({ code: "AUDIT_UNAVAILABLE" });
  const second = audit.write(deed());
  appends[1]?.end.resolve(BEGINNING);
  await second;
});

test("too many that wait, and what is no deed, are refused", async () => {
  const { audit } = heldStore();
  for (let n = 0; n < 1_001; n++) audit.write(deed()).catch(() => undefined);
  await expect(audit.write(deed())).rejects.toMatchObject({ code: "AUDIT_BUSY", retryable: true });
  await expect(audit.write(deed({ who: "" }))).rejects.toMatchObject({
    code: "AUDIT_ENTRY",
    retryable: false,
  });
});
