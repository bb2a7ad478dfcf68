import { randomBytes } from "node:crypto";
import { memoryAudit } from "@yardline/audit/testing";
import { AppError } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import { writeChange, writeOpening } from "@yardline/incidents/incident-log";
import { beginShift } from "@yardline/incidents/shift-log";
import type { Segment } from "@yardline/media/media-store";
import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "./testing/app.ts";
import { memoryIndex, memoryMedia } from "./testing/fakes.ts";
import { testIdentity } from "./testing/people.ts";
import { NOON_MS, presence, stopVisit, TENANT } from "./testing/scenes.ts";

const PICTURE = Uint8Array.of(255, 216, 77, 77);
const WHATS = ["snapshot", "clip", "playlist", "segment"] as const;
const MORNING = { by: "dispatcher", at_ms: NOON_MS - 3_600_000 };

/** A dispatcher's shift, an incident that is open, and one that was closed. */
async function withPurposes() {
  const records = memoryRecords();
  await beginShift(records, { tenant: TENANT, purpose: "duty in the yards" }, MORNING, randomBytes);
  const opening = (purpose: string) => ({
    do: "open" as const,
    title: "Fire",
    purpose,
    events: [],
    cameras: [],
  });
  const open = await writeOpening(records, TENANT, opening("the fire at Market 3"), MORNING);
  const closed = await writeOpening(records, TENANT, opening("an old fire"), MORNING);
  const change = { do: "close", outcome: "resolved", why: "out" } as const;
  await writeChange(records, closed.id, { change, hand: MORNING });
  return { records, open: open.id, closed: closed.id };
}

/** Doors of a town with accounts, a dispatcher who is signed in, and an event of so many hours ago. */
async function doors({ age_h = 1 } = {}) {
  const index = memoryIndex();
  const happened_ms = NOON_MS - age_h * 3_600_000;
  const event = presence(-age_h * 3_600);
  await index.put([event, stopVisit(5)]);
  const times = { from_ms: happened_ms - 60_000, to_ms: happened_ms + 60_000 };
  const segment: Segment = { id: "s1", camera: "yard", connection: "c", ...times, bytes: 4 };
  const { identity, headersOf } = await testIdentity();
  const audit = memoryAudit();
  const { records, ...incidents } = await withPurposes();
  const clock = handClock(NOON_MS);
  const app = await testApp({
    ...{ index, identity, audit, records, clock },
    media: memoryMedia({ "snap-1": PICTURE, s1: PICTURE }, [segment]),
    clip: async (_camera, from_ms, to_ms) => ({
      mp4: PICTURE,
      codec: "avc1.42c01e",
      stretches: [{ from_ms: Math.max(from_ms, happened_ms - 35_000), to_ms }],
    }),
  });
  const headers = await headersOf("dispatcher");
  const ask = async (path: string, more: Record<string, string> = {}) => {
    const { statusCode, body, rawPayload } = await app.inject({
      url: path,
      headers: { ...headers, ...more },
    });
    const kind = statusCode >= 400 ? JSON.parse(body).type.split(":").at(-1) : undefined;
    return { statusCode, kind, rawPayload };
  };
  const period = `from=${isoOf(happened_ms - 300_000)}&to=${isoOf(happened_ms + 300_000)}`;
  const paths = {
    snapshot: `/v1/events/${event.occurrence}/snapshot?box=0`,
    clip: `/v1/events/${event.occurrence}/clip?`,
    playlist: `/v1/cameras/yard/playback.m3u8?${period}`,
    segment: `/v1/cameras/yard/segments/${happened_ms}/s1/pictures.m4s?`,
  };
  const written = () =>
    audit.entries.map(({ who, action, object, purpose, incident }) => [
      ...[who, action, `${object.kind} ${object.id}`, purpose ?? "-"],
      ...(incident === undefined ? [] : [incident]),
    ]);
  return { ask, audit, written, clock, paths, period, event, incidents };
}

test("no byte of a picture leaves while nothing can be written down", async () => {
  const { ask, audit, paths } = await doors();
  for (const what of WHATS) {
    audit.failWith(new AppError("AUDIT_UNAVAILABLE", "The disk is full.", { retryable: true }));
    const refused = await ask(paths[what]);
    expect([what, refused.statusCode, refused.kind]).toEqual([what, 503, "audit-unavailable"]);
    expect(refused.rawPayload.includes(Buffer.from(PICTURE))).toBe(false);
    audit.failWith(undefined);
    expect([what, (await ask(paths[what])).statusCode]).toEqual([what, 200]);
  }
});

test("pictures of yesterday are asked for with a purpose, or an open incident", async () => {
  const { ask, written, paths, event, incidents } = await doors({ age_h: 24 });
  const expected: unknown[] = [];
  for (const what of WHATS) {
    const path = paths[what];
    for (const wrong of ["", "&incident=nothing", `&incident=${incidents.closed}`]) {
      expect(await ask(path + wrong)).toMatchObject({ statusCode: 403, kind: "purpose-needed" });
    }
    expect((await ask(`${path}&purpose=x`)).statusCode).toBe(400);
    expect(written()).toEqual(expected);
    expect((await ask(`${path}&purpose=stolen+bicycle`)).statusCode).toBe(200);
    expect((await ask(`${path}&incident=${incidents.open}`)).statusCode).toBe(200);
    const isOfEvent = what === "snapshot" || what === "clip";
    const object = isOfEvent ? `event ${event.occurrence}` : "camera yard";
    expected.push(
      ["dispatcher", "look", object, "stolen bicycle"],
      ["dispatcher", "look", object, "the fire at Market 3", incidents.open],
    );
    expect(written()).toEqual(expected);
  }
});

test("under a shift the queue's pictures are one session, a clip is a look of its own, and both are told again after a while", async () => {
  const { ask, written, clock, paths, event } = await doors();
  for (const range of ["bytes=0-0", "bytes=1-2"]) await ask(paths.clip, { range });
  for (let n = 0; n < 3; n++) await ask(paths.snapshot);
  const clip = ["dispatcher", "look", `event ${event.occurrence}`, "duty in the yards"];
  const queue = ["dispatcher", "live", "queue demo", "duty in the yards"];
  expect(written()).toEqual([clip, queue]);
  clock.advance(16 * 60_000);
  await ask(paths.snapshot);
  expect(written()).toEqual([clip, queue, queue]);
});

test("what was recorded around a clip is another look, and it is written down which time was really served", async () => {
  const { ask, audit, paths, event } = await doors();
  const around = `${paths.clip}before_s=60`;
  for (const path of [paths.clip, around, paths.clip, around]) {
    expect((await ask(path)).statusCode).toBe(200);
  }
  const clip = { what: "clip", camera: "yard", to: isoOf(Date.parse(event.time) + 15_000) };
  expect(audit.entries.map(({ details }) => details)).toEqual([
    { ...clip, from: isoOf(Date.parse(event.time) - 5_000) },
    // A minute more was asked for, half of it was recorded.
    { ...clip, from: isoOf(Date.parse(event.time) - 35_000) },
  ]);
});

test("a playlist is a look, each hour of it that is played another, and no segment by itself", async () => {
  const { ask, written, audit, paths } = await doors({ age_h: 24 });
  const { rawPayload } = await ask(`${paths.playlist}&purpose=fight%20%26%20%22flight%22`);
  const [part = ""] = /^segments.*pictures.*$/m.exec(String(rawPayload)) ?? [];
  for (let n = 0; n < 3; n++) expect((await ask(`/v1/cameras/yard/${part}`)).statusCode).toBe(200);
  expect(written()).toEqual([
    ["dispatcher", "look", "camera yard", 'fight & "flight"'],
    ["dispatcher", "look", "camera yard", 'fight & "flight"'],
  ]);
  expect(audit.entries[1]?.details).toEqual({
    what: "recording",
    from: "2026-11-21T11:00:00.000Z",
    to: "2026-11-21T12:00:00.000Z",
  });
});

test("a search that names pictures is written down with its question, one that names none is not", async () => {
  const { ask, audit } = await doors();
  await ask("/v1/events?type=transit.stop-visit");
  expect(audit.entries).toEqual([]);
  await ask("/v1/events?label=person");
  expect(audit.entries).toEqual([
    {
      ...{ tenant: "demo", who: "dispatcher", from: "127.0.0.1", action: "search" },
      object: { kind: "events", id: "demo" },
      purpose: "duty in the yards",
      details: { question: '{"label":["person"],"limit":50}', pictures: 1 },
    },
  ]);
});

test("nothing is written down, and no purpose asked for, in the invented town", async () => {
  const index = memoryIndex();
  const event = presence(-86_400);
  await index.put([event]);
  const app = await testApp({ index, media: memoryMedia({ "snap-1": PICTURE }) });
  expect((await app.inject(`/v1/events/${event.occurrence}/snapshot?box=0`)).statusCode).toBe(200);
});

test("what somebody may not know of is 404 before anybody asks what for, and not written down", async () => {
  const { ask, written, period } = await doors({ age_h: 24 });
  expect(
    (await ask("/v1/events/000000000000-00000000000000000000/snapshot")).statusCode,
  ).toBeGreaterThanOrEqual(400);
  expect((await ask(`/v1/cameras/nowhere/playback.m3u8?${period}`)).statusCode).toBe(404);
  expect(written()).toEqual([]);
});
