import { describe, expect, onTestFinished, test } from "vitest";
import { type Audit, openAudit } from "./audit.ts";
import { BEGINNING, follows, type Link, linkEntry } from "./chain.ts";
import type { NewEntry } from "./entry.ts";
import type { AuditStore } from "./store.ts";

/** Somebody looks at a clip. */
export function deed(more: Partial<NewEntry> = {}): NewEntry {
  return {
    tenant: "town",
    who: "olena",
    from: "127.0.0.1",
    action: "look",
    object: { kind: "event", id: "0198a2c4e5f0-0123456789abcdef0123" },
    purpose: "stolen bicycle",
    ...more,
  };
}

/** A log in memory, which can be told to fail. `entries`: the deeds, without their place in the chain. */
export function memoryAudit(at_ms = 1_000_000): Audit & {
  readonly entries: readonly NewEntry[];
  failWith(failure: Error | undefined): void;
} {
  const links: Link[] = [];
  const entries: NewEntry[] = [];
  let failure: Error | undefined;
  const head = () => links.at(-1)?.head ?? BEGINNING;
  const audit = openAudit(
    {
      async append(deeds) {
        if (failure) throw failure;
        for (const each of deeds) {
          links.push(linkEntry(each, head(), at_ms));
          entries.push(structuredClone(each));
        }
        return head();
      },
      read: async (from, limit) => links.slice(from, from + limit),
      extent: async () => ({ first: BEGINNING, head: head() }),
      async *lines() {
        for (const { entry, line } of links) yield { place: `entry ${entry.seq}`, text: line };
      },
      notes: async () => "",
      prune: async () => undefined,
      torn_bytes: 0,
      isDamaged: false,
      lookAfter: async () => undefined,
      close: async () => undefined,
    },
    { now_ms: () => at_ms },
  );
  return {
    ...audit,
    entries,
    failWith(next) {
      failure = next;
    },
  };
}

/** Where a log is kept: opening it again finds what was there. */
export type AuditPlace = {
  open(): Promise<AuditStore>;
  /** Several may have it open at once. */
  readonly isShared: boolean;
  /** Afterwards nothing of it is left. */
  remove(): Promise<void>;
};

const NOON_MS = 1_000_000;
const YARD = { kind: "camera", id: "yard" };
const GATE = { kind: "camera", id: "gate" };

/** What every adapter must do; each one's test file calls this with a place of its own. */
export function describeAuditStore(name: string, create: () => Promise<AuditPlace>): void {
  const start = async () => {
    const place = await create();
    const open: AuditStore[] = [];
    onTestFinished(async () => {
      for (const store of open) await store.close();
      await place.remove();
    });
    return {
      place,
      async open() {
        const store = await place.open();
        open.push(store);
        return store;
      },
      async reopen() {
        for (const store of open.splice(0)) await store.close();
        const store = await place.open();
        open.push(store);
        return store;
      },
    };
  };

  describe(name, () => {
    test("keeps entries in their chain, also when opened again", async () => {
      const { open, reopen } = await start();
      const store = await open();
      expect(await store.extent()).toEqual({ first: BEGINNING, head: BEGINNING });
      await store.append([deed({ who: "a" }), deed({ who: "b" })], NOON_MS);
      await store.append([deed({ who: "в" })], NOON_MS + 1);
      const again = await reopen();
      await again.append([deed({ who: "d" })], NOON_MS + 2);
      const links = await again.read(0, 100);
      expect(links.map(({ entry }) => [entry.seq, entry.who, entry.at_ms])).toEqual([
        [0, "a", NOON_MS],
        [1, "b", NOON_MS],
        [2, "в", NOON_MS + 1],
        [3, "d", NOON_MS + 2],
      ]);
      let head = BEGINNING;
      for (const link of links) {
        expect(follows(link, head)).toBe(true);
        head = link.head;
      }
      expect((await again.extent()).head).toEqual(head);
      expect((await again.read(1, 2)).map(({ entry }) => entry.seq)).toEqual([1, 2]);
      expect(await again.read(4, 10)).toEqual([]);
    });

    test("many at once are one chain, in a few writes, from several where they share it", async () => {
      const { place, open } = await start();
      const stores = [await open(), ...(place.isShared ? [await open(), await open()] : [])];
      const logs = stores.map((store) => openAudit(store, { now_ms: () => NOON_MS }));
      const whos = Array.from({ length: 60 }, (_, at) => `p${at}`);
      await Promise.all(whos.map((who, at) => logs[at % logs.length]?.write(deed({ who }))));
      const links = (await stores[0]?.read(0, 100)) ?? [];
      expect(links.map(({ entry }) => entry.who).toSorted()).toEqual(whos.toSorted());
      expect(links.map(({ entry }) => entry.seq)).toEqual(whos.map((_, at) => at));
      expect(links.every((link, at) => follows(link, links[at - 1]?.head ?? BEGINNING))).toBe(true);
    });

    test("lets go of the beginning, and keeps what it was in a note", async () => {
      const { open, reopen } = await start();
      const store = await open();
      for (let at = 0; at < 2_400; at += 200) {
        await store.append(
          Array.from({ length: 200 }, () => deed()),
          NOON_MS + at,
        );
      }
      const all = await store.read(0, 2_400);
      expect(await store.prune(0, () => "never")).toBeUndefined();
      const notes: number[] = [];
      const first = await store.prune(2_100, ({ size }) => {
        notes.push(size);
        return noteOf(size, all[size - 1]?.head.hash ?? "");
      });
      expect(first?.size).toBeGreaterThan(0);
      expect(first?.size).toBeLessThanOrEqual(2_100);
      expect(notes).toEqual([first?.size]);
      const again = await reopen();
      expect(await again.extent()).toEqual({
        first: all[(first?.size ?? 0) - 1]?.head,
        head: all.at(-1)?.head,
      });
      const kept = await again.read(first?.size ?? 0, 10_000);
      expect(kept.map(({ line }) => line)).toEqual(all.slice(first?.size).map(({ line }) => line));
      await again.append([deed()], NOON_MS);
      expect((await again.extent()).head.size).toBe(2_401);
    });

    test("finds by who, what, which and when, page by page, while others write", async () => {
      const { open } = await start();
      const store = await open();
      const audit = openAudit(store, { now_ms: () => NOON_MS });
      const deeds = [
        ...["olena", "ivan", "olena", "ivan", "olena"].map((who) => deed({ who, object: YARD })),
        deed({ who: "ivan", object: GATE }),
        deed({ who: "olena", object: GATE, action: "export" }),
      ];
      for (const [n, each] of deeds.entries()) await store.append([each], NOON_MS + n);
      const seqs = async (question: Parameters<typeof audit.search>[0]) =>
        (await audit.search(question, { limit: 10 })).entries.map(({ seq }) => seq);
      expect(await seqs({ who: "olena" })).toEqual([6, 4, 2, 0]);
      expect(await seqs({ who: "olena", object_id: "yard" })).toEqual([4, 2, 0]);
      expect(await seqs({ action: "export" })).toEqual([6]);
      expect(await seqs({ from_ms: NOON_MS + 2, to_ms: NOON_MS + 4 })).toEqual([3, 2]);
      expect(await seqs({ tenant: "neighbour" })).toEqual([]);
      const found: number[] = [];
      const take = async (cursor?: string): Promise<void> => {
        const page = await audit.search({}, { limit: 3, ...(cursor !== undefined && { cursor }) });
        found.push(...page.entries.map(({ seq }) => seq));
        await audit.write(deed());
        if (page.cursor !== undefined) await take(page.cursor);
      };
      await take();
      expect(found).toEqual([6, 5, 4, 3, 2, 1, 0]);
      await expect(audit.search({}, { limit: 1, cursor: "x" })).rejects.toMatchObject({
        code: "AUDIT_CURSOR",
      });
    });
  });
}

/** A note as a signer makes it; who signed it is not the store's affair. */
function noteOf(size: number, hash: string): string {
  return `yardline-audit/town\n${size}\n${Buffer.from(hash, "hex").toString("base64")}\nat 2026-11-22T12:00:00.000Z\n\n— town AAAA\n`;
}
