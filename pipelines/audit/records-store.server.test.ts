import { generateKeyPairSync } from "node:crypto";
import { openPostgresRecords } from "@yardline/records/postgres";
import { askDatabase, makeDatabase } from "@yardline/records/postgres-testing";
import type { Records } from "@yardline/records/records";
import { realServer } from "@yardline/testkit/real-server";
import { expect, onTestFinished, test } from "vitest";
import { signCheckpoint } from "./checkpoint.ts";
import { proveLog } from "./prove.ts";
import { openRecordsStore } from "./records-store.ts";
import { verifierOf } from "./signed-note.ts";
import type { AuditStore } from "./store.ts";
import { deed, describeAuditStore } from "./testing.ts";

const watch = { failed: () => undefined };

describeAuditStore("in Records on PostgreSQL, each as a process of its own", async () => {
  const { url, drop } = await makeDatabase(await realServer("postgres"));
  const opened: Records[] = [];
  return {
    isShared: true,
    async open() {
      const records = await openPostgresRecords({ url: String(url), watch });
      opened.push(records);
      return openRecordsStore(records);
    },
    async remove() {
      for (const records of opened) await records.close();
      await drop();
    },
  };
});

/** A log of 1,200 entries, its checkpoint, and a hand on the database beneath it. */
async function keptLog() {
  const { url, drop } = await makeDatabase(await realServer("postgres"));
  const records = await openPostgresRecords({ url: String(url), watch });
  onTestFinished(async () => {
    await records.close();
    await drop();
  });
  const store = openRecordsStore(records);
  for (let at = 0; at < 1_200; at += 200) {
    await store.append(
      Array.from({ length: 200 }, (_, n) => deed({ who: `p${at + n}` })),
      at,
    );
  }
  const signer = { name: "yardline-audit/town", key: generateKeyPairSync("ed25519").privateKey };
  const { head } = await store.extent();
  const checkpoint = signCheckpoint({ origin: signer.name, ...head, at_ms: 2_000 }, signer);
  const verdict = async (given = "") => {
    const { entries, findings } = await proveLog(store, verifierOf(signer), given);
    return [entries, ...findings.map(({ kind, place }) => `${kind} ${place}`)];
  };
  const change = (sql: string) => askDatabase(String(url), sql);
  return { records, store, checkpoint, verdict, change };
}

const row = (seq: number) => `row ${String(seq).padStart(15, "0")}`;

test("whoever has the database changes a row, takes one, or cuts off the end: it is found", async () => {
  const { checkpoint, verdict, change } = await keptLog();
  expect(await verdict(checkpoint)).toEqual([1_200]);
  const at = (seq: number) => `kind = 'audit' AND id = '${String(seq).padStart(15, "0")}'`;
  await change(`UPDATE yardline.record SET value = replace(value, 'p700', 'p701') WHERE ${at(700)}`);
  expect(await verdict()).toEqual([1_199, `changed ${row(700)}`]);
  await change(`DELETE FROM yardline.record WHERE ${at(700)}`);
  expect(await verdict()).toEqual([1_199, `missing ${row(701)}`]);
  await change(
    `DELETE FROM yardline.record WHERE kind = 'audit' AND id >= '${String(700).padStart(15, "0")}'`,
  );
  expect(await verdict()).toEqual([700, "changed row head"]);
  expect(await verdict(checkpoint)).toEqual([
    700,
    "changed row head",
    "cut checkpoint of 1970-01-01T00:00:02.000Z",
  ]);
});

test("all of it written anew, with the head: only a checkpoint that was kept elsewhere shows it", async () => {
  const { records, checkpoint, verdict, change } = await keptLog();
  await change("DELETE FROM yardline.record WHERE kind LIKE 'audit%'");
  const anew: AuditStore = openRecordsStore(records);
  for (let at = 0; at < 1_200; at += 200) {
    await anew.append(
      Array.from({ length: 200 }, () => deed({ who: "nobody-in-particular" })),
      at,
    );
  }
  expect(await verdict()).toEqual([1_200]);
  expect(await verdict(checkpoint)).toEqual([1_200, "rebuilt checkpoint of 1970-01-01T00:00:02.000Z"]);
});
