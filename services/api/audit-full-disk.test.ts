import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openAudit } from "@yardline/audit/audit";
import { originOf } from "@yardline/audit/checkpoint";
import { openFileStore } from "@yardline/audit/file-store";
import { readFileLog } from "@yardline/audit/read-log";
import { verifyLog } from "@yardline/audit/verify";
import { beginShift } from "@yardline/incidents/shift-log";
import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { mountSmallDisk } from "@yardline/testkit/small-disk";
import { afterAll, expect, test } from "vitest";
import { testApp } from "./testing/app.ts";
import { memoryIndex, memoryMedia } from "./testing/fakes.ts";
import { testIdentity } from "./testing/people.ts";
import { NOON_MS, presence, TENANT } from "./testing/scenes.ts";

const PICTURE = Uint8Array.from({ length: 64 }, (_, n) => 255 - n);
/** A small file of the log, so that it and its reserve are soon used up. */
const FILE_BYTES = 16 * 1024;
/** Far more looks than two such files have room for. */
const LOOKS_MAX = 400;

const disk = mountSmallDisk(1);
afterAll(() => disk?.remove());

test.skipIf(!disk)(
  "on a full disk (needs root to make one) looks at the archive are entered from the reserve, then refused with one clear error, and nothing is shown without its entry",
  { timeout: 60_000 },
  async () => {
    const folder = join(disk?.folder ?? "", "audit");
    const store = await openFileStore({ folder, file_bytes: FILE_BYTES });
    const clock = handClock(NOON_MS);
    const audit = openAudit(store, clock);
    const { identity, headersOf } = await testIdentity();
    const records = memoryRecords();
    const event = presence(-24 * 3_600);
    await beginShift(
      records,
      { tenant: TENANT, purpose: "duty" },
      { by: "dispatcher", at_ms: NOON_MS },
      randomBytes,
    );
    const app = await testApp({
      ...{ audit, identity, records, clock, index: memoryIndex([event]) },
      media: memoryMedia({ "snap-1": PICTURE }, []),
      clip: async () => ({ mp4: PICTURE, codec: "avc1.42c01e", stretches: [] }),
    });
    const headers = await headersOf("dispatcher");
    const entries = async () => (await store.extent()).head.size;
    /** Each under a purpose of its own, so that none is part of a look before it. */
    const look = async (n: number) => {
      const before = await entries();
      const url = `/v1/events/${event.occurrence}/clip?purpose=stolen+bicycle+${n}`;
      const { statusCode, rawPayload, body } = await app.inject({ url, headers });
      const shown = rawPayload.includes(Buffer.from(PICTURE));
      return { statusCode, shown, body, entered: (await entries()) - before };
    };

    expect(await look(0)).toMatchObject({ statusCode: 200, shown: true, entered: 1 });
    expect(await store.lookAfter()).toBeUndefined();
    disk?.fill();
    let looks = 1;
    let answer = await look(looks);
    for (; answer.statusCode === 200 && looks < LOOKS_MAX; looks++) {
      expect(answer).toMatchObject({ shown: true, entered: 1 });
      answer = await look(looks + 1);
    }
    // More than the file in use had room for: the reserve was used.
    const written = await store.read(0, looks + 2);
    expect(written.reduce((sum, { line }) => sum + line.length, 0)).toBeGreaterThan(FILE_BYTES * 1.5);
    for (const refused of [answer, await look(looks + 1), await look(looks + 2)]) {
      expect(refused).toMatchObject({ statusCode: 503, shown: false, entered: 0 });
      expect(JSON.parse(refused.body)).toMatchObject({
        type: "urn:yardline:problem:audit-unavailable",
        status: 503,
      });
    }

    disk?.free();
    expect(await store.lookAfter()).toBeUndefined();
    expect(await look(LOOKS_MAX + 1)).toMatchObject({ statusCode: 200, shown: true, entered: 1 });
    const size = await entries();
    const nothing = { notes: [], checkpoints: [], origin: originOf("town") };
    expect(await verifyLog(readFileLog(folder), nothing)).toMatchObject({ entries: size, findings: [] });
    await store.close();
  },
);
