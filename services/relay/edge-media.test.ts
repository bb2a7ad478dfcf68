import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { openFileStore } from "@yardline/media/files";
import { eventually } from "@yardline/testkit/eventually";
import { type HandClock, handClock } from "@yardline/testkit/hand-clock";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { issueCertificate, makeAuthority } from "./certificates.ts";
import type { EdgeDirectory, EdgeEntry } from "./edge-directory.ts";
import { openEdgeMedia } from "./edge-media.ts";
import type { Identity } from "./identity.ts";
import { objectTarget, segmentsTarget, startMediaDoor } from "./media-door.ts";
import { signGrant } from "./media-grant.ts";
import { nameMedia } from "./named-media.ts";
import { openLink } from "./testing/link.ts";
import { makePki, makeSigner, NORTH } from "./testing/pki.ts";
import { askerOf, testFolder, verdictOf } from "./testing/region.ts";

const authority = makeAuthority();
const pki = makePki(authority);
const AT_MS = Date.parse("2026-11-20T10:00:00Z");
const log = pino({ level: "silent" });
const CAMERA = "north-1";
const segmentAt = (at_ms: number) => ({
  camera: CAMERA,
  connection: "c",
  from_ms: at_ms,
  to_ms: at_ms + 4_000,
});

/** Edge north with its recordings and its door, the line to it, and the region's view of them. */
async function start({ identity }: { identity?: Identity } = {}) {
  const folder = await testFolder();
  const [kept, central] = await Promise.all(
    ["edge", "region"].map((name) => openFileStore({ folder: join(folder, name) })),
  );
  if (!kept || !central) throw new Error("no stores");
  const { signer, keys } = makeSigner();
  const clock: HandClock = handClock(Date.now());
  const stop = new AbortController();
  const listen = { host: "127.0.0.1", port: 0 };
  const door = await startMediaDoor(
    { listen, tls: (await pki).north, own: NORTH, media: kept, keys, clock, log },
    stop.signal,
  );
  const link = await openLink(door.port);
  const entry: EdgeEntry = {
    ...{ ...NORTH, sources: [`camera/${CAMERA}`] },
    media_origin: `https://127.0.0.1:${link.port}`,
  };
  const directory: EdgeDirectory = {
    find: async ({ tenant, edge }) => (tenant === entry.tenant && edge === entry.edge ? entry : undefined),
    findBySource: async (tenant, source) =>
      tenant === "town" && entry.sources.includes(source) ? entry : undefined,
  };
  const parts = {
    tenant: "town",
    central,
    directory,
    identity: identity ?? (await pki).api,
    grant_key: signer,
  };
  const media = openEdgeMedia({ ...parts, clock: systemClock, log, part_ms_max: 1_000 });
  onTestFinished(async () => {
    stop.abort();
    await media.close();
    link.close();
    await door.stopped;
    await Promise.all([kept.close(), central.close()]);
  });
  const url = new URL(`https://127.0.0.1:${door.port}`);
  return { kept: nameMedia(kept, NORTH.edge), central, media, link, url, signer, clock, entry };
}

test("recordings of an edge are listed and read as if they were in the region, whatever their size", async () => {
  const { kept, media } = await start();
  for (const [n, size] of [1, 999_999, 1_000_000, 1_000_001, 2_500_000].entries()) {
    const data = randomBytes(size);
    const segment = await kept.putSegment(segmentAt(AT_MS + n * 4_000), data);
    expect(segment.id).toMatch(/^north\//);
    const read = await media.read(segment.id);
    expect(Buffer.compare(read ?? Buffer.alloc(0), data)).toBe(0);
  }
  const [from_ms, to_ms] = [AT_MS + 4_000, AT_MS + 12_000];
  expect(await media.listSegments(CAMERA, from_ms, to_ms)).toEqual(
    await kept.listSegments(CAMERA, from_ms, to_ms),
  );
  const snapshot = await kept.putSnapshot(CAMERA, AT_MS, Buffer.from("jpeg"));
  expect(Buffer.from((await media.read(snapshot)) ?? []).toString()).toBe("jpeg");
});

test("what no edge has is the region's own, and what nobody has is nowhere", async () => {
  const { central, media } = await start();
  const own = await media.putSegment({ ...segmentAt(AT_MS), camera: "hall" }, Buffer.from("hall"));
  expect(await central.read(own.id)).toEqual(await media.read(own.id));
  expect(await media.listSegments("hall", AT_MS, AT_MS + 1)).toEqual([own]);
  for (const id of ["north/none", "south/none", "none", "north/../../etc/passwd", "north/a?b#c"]) {
    expect(await media.read(id)).toBeUndefined();
  }
});

test("an edge that cannot be reached is a state with its time, not a loss, and is over once the line is back", async () => {
  const { kept, media, link } = await start();
  const { id } = await kept.putSegment(segmentAt(AT_MS), Buffer.from("film"));
  link.cut();
  await expect(media.read(id)).rejects.toMatchObject({
    ...{ code: "EDGE_UNREACHABLE", status: 503, retryable: true, since_ms: undefined },
    message: expect.stringMatching(
      /on edge "north", which has not been reached since this service was started/,
    ),
  });
  link.mend();
  await eventually(async () => expect(await media.read(id)).toBeDefined());
  const reached_ms = Date.now();
  link.cut();
  const lost = await media.listSegments(CAMERA, AT_MS, AT_MS + 1).catch((thrown: unknown) => thrown);
  expect(lost).toMatchObject({ code: "EDGE_UNREACHABLE", since_ms: expect.any(Number) });
  expect(Math.abs(Object(lost).since_ms - reached_ms)).toBeLessThan(5_000);
});

test("what was copied to the region is shown while its edge is away", async () => {
  const { central, media, link } = await start();
  const copied = await central.putSegment(segmentAt(AT_MS), Buffer.from("held"));
  link.cut();
  expect(await media.listSegments(CAMERA, AT_MS, AT_MS + 1)).toEqual([copied]);
});

test("nothing is fetched from an edge that was taken out of service, nor from one that nobody can reach", async () => {
  for (const change of [{ revoked: true }, { media_origin: undefined }]) {
    const { kept, media, entry } = await start();
    const { id } = await kept.putSegment(segmentAt(AT_MS), Buffer.from("film"));
    expect(await media.read(id)).toBeDefined();
    Object.assign(entry, change);
    expect(await media.read(id)).toBeUndefined();
    expect(await media.listSegments(CAMERA, AT_MS, AT_MS + 1)).toEqual([]);
  }
});

test("only a few recordings are fetched from one edge at once", async () => {
  const { media, link } = await start();
  link.cut();
  const asked = Array.from({ length: 6 }, () =>
    media.read("north/any").catch((thrown: unknown) => Object(thrown).code),
  );
  expect((await Promise.all(asked)).toSorted()).toEqual([
    ...["EDGE_BUSY", "EDGE_BUSY"],
    ...Array(4).fill("EDGE_UNREACHABLE"),
  ]);
});

test("an edge's certificate proves which edge answers", async () => {
  const { kept, media, link, url } = await start();
  const { id } = await kept.putSegment(segmentAt(AT_MS), Buffer.from("film"));
  const south = await issueCertificate(await authority, { role: "edge", tenant: "town", edge: "south" }, 2);
  const stop = new AbortController();
  const parts = { own: NORTH, media: kept, keys: makeSigner().keys, clock: systemClock, log };
  const impostor = await startMediaDoor(
    { ...parts, listen: { host: "127.0.0.1", port: 0 }, tls: south },
    stop.signal,
  );
  link.leadTo(impostor.port);
  await expect(media.read(id)).rejects.toMatchObject({ code: "EDGE_UNREACHABLE" });
  link.leadTo(Number(url.port));
  expect(await media.read(id)).toBeDefined();
  stop.abort();
  await impostor.stopped;
});

test("an edge that refuses says no more than that it did", async () => {
  const { kept, media, clock } = await start();
  const { id } = await kept.putSegment(segmentAt(AT_MS), Buffer.from("film"));
  clock.advance(600_000);
  await expect(media.read(id)).rejects.toMatchObject({ code: "EDGE_REFUSED", status: 502 });
});

test("the door opens for an api with a grant for this very request, and for nobody else", async () => {
  const { kept, url, signer, clock } = await start();
  const { api, north, receiver } = await pki;
  const name = (await kept.putSegment(segmentAt(AT_MS), Buffer.from("0123456789"))).id;
  const asked = { target: objectTarget(name.slice("north/".length)), range: "bytes=2-5" };
  const granted = (change: Partial<typeof asked> = {}, edge = NORTH, key = signer) =>
    signGrant({ ...asked, ...change }, edge, clock, key);
  const verdict = async (grant: string, identity = api) => {
    const headers = { range: asked.range, authorization: `Bearer ${grant}` };
    const ask = askerOf(url, identity, { role: "edge", ...NORTH });
    const answer = await ask({ method: "GET", target: asked.target, headers });
    return answer.status === 206 ? Buffer.from(answer.body).toString() : verdictOf(answer);
  };
  expect(await verdict(granted())).toBe("2345");
  expect(await verdict(granted({ range: "bytes=0-9" }))).toBe("403 grant-foreign");
  expect(await verdict(granted({ target: objectTarget("other") }))).toBe("403 grant-foreign");
  expect(await verdict(granted({ target: segmentsTarget(CAMERA, 0, 1), range: "" }))).toBe(
    "403 grant-foreign",
  );
  expect(await verdict(granted({}, { tenant: "town", edge: "south" }))).toBe("403 grant-foreign");
  expect(await verdict(granted({}, NORTH, makeSigner().signer))).toBe("403 signature-broken");
  expect(await verdict("")).toBe("403 signature-broken");
  expect(await verdict(granted(), receiver)).toBe("403 role-foreign");
  expect(await verdict(granted(), north)).toBe("403 role-foreign");
  const old = granted();
  clock.advance(60_000);
  expect(await verdict(old)).toBe("2345");
  clock.advance(1);
  expect(await verdict(old)).toBe("403 grant-expired");
  clock.setNow(clock.now_ms() + 40_000);
  const early = granted();
  clock.setNow(clock.now_ms() - 40_000);
  expect(await verdict(early)).toBe("403 grant-expired");
});
