import { X509Certificate } from "node:crypto";
import { request } from "node:https";
import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import type { BusRecord, EventBus } from "@yardline/bus/event-bus";
import { OLDEST } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import { eventually } from "@yardline/testkit/eventually";
import { expect, test } from "vitest";
import { issueCertificate, makeAuthority } from "./certificates.ts";
import { writeEdge } from "./edge-directory.ts";
import type { Identity } from "./identity.ts";
import { makePki, NORTH } from "./testing/pki.ts";
import { askerOf, counted, startTestRegion, type TestRegion, verdictOf } from "./testing/region.ts";
import { lostAt, recordOf } from "./testing/statements.ts";
import { packBatch, wireRecordOf } from "./wire.ts";

const authority = makeAuthority();
const pki = makePki(authority);
const AT_MS = Date.parse("2026-11-20T10:00:00Z");
const compress = promisify(zstdCompress);

const post = (body: Uint8Array, topic = "events") =>
  ({
    method: "POST",
    target: `/v1/records/${topic}`,
    headers: { "content-type": "application/json" },
    body,
  }) as const;
const batchOf = (records: readonly BusRecord[]) => packBatch(records.map(wireRecordOf));

async function send(url: URL, identity: Identity, records: readonly BusRecord[], topic = "events") {
  const answer = await askerOf(url, identity)(post(await batchOf(records), topic));
  expect(verdictOf(answer)).toBe("200");
  return JSON.parse(Buffer.from(answer.body).toString());
}

async function onBus(
  { bus }: TestRegion,
  topic: "events" | "positions" | "cameras" = "events",
): Promise<string[]> {
  const count = await bus.lag(topic, "nobody");
  const found: string[] = [];
  if (count === 0) return found;
  for await (const batch of bus.tail(topic, OLDEST, new AbortController().signal)) {
    found.push(...batch.map(({ key, source, body }) => `${source} ${key} ${new TextDecoder().decode(body)}`));
    if (found.length >= count) break;
  }
  return found;
}

test("takes what is the edge's own, word for word, and stamps who delivered it", async () => {
  const region = await startTestRegion(await pki);
  const event = lostAt(AT_MS, 0);
  // Spaces and the order of fields are the edge's business.
  const body = JSON.stringify(event, undefined, 2);
  const position = {
    vehicle_id: "041",
    at_ms: AT_MS,
    received_at_ms: AT_MS,
    latitude: 50.4,
    longitude: 30.5,
  };
  const north = (await pki).north;
  const bytes = (text: string) => new TextEncoder().encode(text);

  expect(await send(region.url, north, [{ ...recordOf(event), body: bytes(body) }])).toEqual({
    taken: 1,
    refused: [],
  });
  await send(
    region.url,
    north,
    [{ key: "041", source: "feed/north", body: bytes(JSON.stringify(position)) }],
    "positions",
  );
  await send(
    region.url,
    north,
    [{ key: "north-1", source: "camera/north-1", body: bytes('{"id":"north-1"}') }],
    "cameras",
  );

  expect(await onBus(region)).toEqual([`town/north/camera/north-1 ${event.occurrence} ${body}`]);
  expect(await onBus(region, "positions")).toEqual([`town/north/feed/north 041 ${JSON.stringify(position)}`]);
  expect(await onBus(region, "cameras")).toEqual(['town/north/camera/north-1 north-1 {"id":"north-1"}']);
});

test("a batch that comes again is taken again: its revisions say that it changes nothing", async () => {
  const region = await startTestRegion(await pki);
  const records = [recordOf(lostAt(AT_MS, 0)), recordOf(lostAt(AT_MS, 1))];
  const north = (await pki).north;
  expect(await send(region.url, north, records)).toEqual({ taken: 2, refused: [] });
  expect(await send(region.url, north, records)).toEqual({ taken: 2, refused: [] });
  expect(new Set(await onBus(region)).size).toBe(2);
});

const good = lostAt(AT_MS, 0);
const south = lostAt(AT_MS, 7, { camera: "south-1" });
const FORGERIES: readonly (readonly [string, BusRecord, string])[] = [
  ["another tenant's event", recordOf(lostAt(AT_MS, 0, { tenant: "elsewhere" })), "TENANT_FOREIGN"],
  ["another edge's source", recordOf(south), "SOURCE_FOREIGN"],
  [
    "another edge's occurrence under an own source",
    recordOf({ ...good, occurrence: south.occurrence, id: south.id, revision: 7 }),
    "OCCURRENCE_FOREIGN",
  ],
  [
    "a record that hides its event's source",
    { ...recordOf(south), source: "camera/north-1" },
    "RECORD_MISLABELLED",
  ],
  ["a record with another key", { ...recordOf(good), key: south.occurrence }, "RECORD_MISLABELLED"],
  [
    "what is no event",
    { ...recordOf(good), body: new TextEncoder().encode('{"specversion":"1.0"') },
    "EVENT_MALFORMED",
  ],
  ["an event of 300 kB", { ...recordOf(good), body: new Uint8Array(300_000).fill(32) }, "EVENT_MALFORMED"],
];

test.for(FORGERIES)(
  "%s is refused by name and counted, and the rest of its batch is taken",
  async ([, forged, code]) => {
    const region = await startTestRegion(await pki);
    const before = await counted("yardline_receiver_records_refused_total", { code });
    const records = [recordOf(good), forged, recordOf(lostAt(AT_MS, 1))];
    expect(await send(region.url, (await pki).north, records)).toEqual({
      taken: 2,
      refused: [{ at: 1, code, reason: expect.stringMatching(/./) }],
    });
    expect(await onBus(region)).toHaveLength(2);
    expect(await counted("yardline_receiver_records_refused_total", { code })).toBe(before + 1);
  },
);

test("an event of a type that only a newer release knows is taken by its envelope", async () => {
  const region = await startTestRegion(await pki);
  const unknown = { ...good, type: "yard.flood", dataschema: "urn:yardline:yard.flood:v1" };
  expect(await send(region.url, (await pki).north, [recordOf(unknown)])).toEqual({ taken: 1, refused: [] });
});

test.for([
  ["what is not packed", Buffer.from('{"records":[]}'), "400 batch-broken"],
  ["what is no JSON", compress("{"), "400 batch-broken"],
  ["no record", compress('{"records":[]}'), "400 invalid-request"],
  [
    "more records than a batch has",
    compress(JSON.stringify({ records: Array(501).fill({ key: "a", source: "a", body: "" }) })),
    "400 invalid-request",
  ],
  [
    "a field that nobody knows",
    compress('{"records":[{"key":"a","source":"a","body":"","tenant":"b"}]}'),
    "400 invalid-request",
  ],
  [
    "some kilobytes that unpack to a hundred megabytes",
    compress(Buffer.alloc(100_000_000)),
    "413 batch-too-large",
  ],
  ["more bytes than a batch has", Buffer.alloc(4_100_000), "413 fst-err-ctp-body-too-large"],
] as const)("%s is refused whole", async ([, body, verdict]) => {
  const region = await startTestRegion(await pki);
  const answer = await askerOf(region.url, (await pki).north)(post(await body));
  expect(verdictOf(answer)).toBe(verdict);
  expect(await onBus(region)).toEqual([]);
});

test("a topic that is not relayed does not exist", async () => {
  const region = await startTestRegion(await pki);
  const answer = await askerOf(
    region.url,
    (await pki).north,
  )(post(await batchOf([recordOf(good)]), "dead-letters"));
  expect(verdictOf(answer)).toBe("400 invalid-request");
});

test("an edge that is not registered, one that was revoked, a lost certificate and another role stay outside", async () => {
  const region = await startTestRegion(await pki);
  const { north, api } = await pki;
  const stranger = await issueCertificate(
    await authority,
    { role: "edge", tenant: "town", edge: "south" },
    2,
  );
  const body = await batchOf([recordOf(good)]);
  const verdict = async (identity: Identity) => verdictOf(await askerOf(region.url, identity)(post(body)));
  expect(await verdict(stranger)).toBe("403 edge-unknown");
  expect(await verdict(api)).toBe("403 role-foreign");
  expect(await verdict(north)).toBe("200");

  await writeEdge(region.records, { ...NORTH, sources: ["camera/north-*"], revoked: true });
  region.clock.advance(60_000);
  expect(await verdict(north)).toBe("403 edge-revoked");
  const renewed = await issueCertificate(await authority, { role: "edge", ...NORTH }, 2);
  await writeEdge(region.records, {
    ...NORTH,
    sources: ["camera/north-*"],
    revoked_serials: [new X509Certificate(north.cert).serialNumber],
  });
  region.clock.advance(60_000);
  expect([await verdict(north), await verdict(renewed)]).toEqual(["403 edge-revoked", "200"]);
});

test("a certificate that expires while its connection lives is refused by name", async () => {
  const region = await startTestRegion(await pki);
  const ask = askerOf(region.url, (await pki).north);
  const body = await batchOf([recordOf(good)]);
  expect(verdictOf(await ask(post(body)))).toBe("200");
  region.clock.advance(3 * 86_400_000);
  expect(verdictOf(await ask(post(body)))).toBe("403 certificate-expired");
});

test.for([
  [
    "of another authority",
    async () => issueCertificate(await makeAuthority(), { role: "edge", ...NORTH }, 2),
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ],
  [
    "that has expired",
    async () => issueCertificate(await authority, { role: "edge", ...NORTH }, -1),
    "CERT_HAS_EXPIRED",
  ],
] as const)(
  "a client certificate %s ends the connection and is counted by its reason",
  async ([, make, code]) => {
    const region = await startTestRegion(await pki);
    const before = await counted("yardline_door_handshakes_refused_total", { code });
    const identity = { ...(await make()), ca: (await pki).receiver.ca };
    await expect(askerOf(region.url, identity)(post(await batchOf([recordOf(good)])))).rejects.toMatchObject({
      code: "PEER_UNREACHABLE",
    });
    await eventually(async () =>
      expect(await counted("yardline_door_handshakes_refused_total", { code })).toBe(before + 1),
    );
  },
);

test("a client without a certificate ends there too", async () => {
  const region = await startTestRegion(await pki);
  const before = await counted("yardline_door_handshakes_refused_total");
  const { ca } = (await pki).receiver;
  const failure = new Promise((resolve) => {
    request(region.url, { ca, checkServerIdentity: () => undefined })
      .on("error", resolve)
      .end();
  });
  expect(await failure).toBeInstanceOf(Error);
  await eventually(async () =>
    expect(await counted("yardline_door_handshakes_refused_total")).toBe(before + 1),
  );
});

test("a bus that is away is no receipt", async () => {
  const away: Pick<EventBus, "publish"> = {
    publish: () => Promise.reject(new AppError("BUS_UNAVAILABLE", "No broker.", { retryable: true })),
  };
  const region = await startTestRegion(await pki, { bus: away });
  const answer = await askerOf(region.url, (await pki).north)(post(await batchOf([recordOf(good)])));
  expect(verdictOf(answer)).toBe("503 unavailable");
  expect(answer.headers["retry-after"]).toBe("5");
});

test("an edge that sends more than its share is told when to come again, and no other edge is", async () => {
  const region = await startTestRegion(await pki, { limits: { records_per_s: 1, records_at_once: 20 } });
  const southern = await issueCertificate(
    await authority,
    { role: "edge", tenant: "town", edge: "south" },
    2,
  );
  await writeEdge(region.records, { tenant: "town", edge: "south", sources: ["camera/south-*"] });
  const many = Array.from({ length: 20 }, (_, n) => recordOf(lostAt(AT_MS + n, 0)));
  const ask = askerOf(region.url, (await pki).north);
  expect(verdictOf(await ask(post(await batchOf(many))))).toBe("200");
  const held = ask(post(await batchOf([...many, ...many])));
  await eventually(async () => expect(await onBus(region)).toHaveLength(60));
  expect(await send(region.url, southern, [recordOf(south)])).toEqual({ taken: 1, refused: [] });
  const answer = await ask(post(await batchOf(many)));
  expect([verdictOf(answer), answer.headers["retry-after"]]).toEqual(["429 edge-too-fast", "40"]);
  await region.stop();
  expect(verdictOf(await held)).toBe("200");
});
