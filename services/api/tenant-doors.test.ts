import { RIGHTS } from "@yardline/permission/rights";
import { Shares } from "@yardline/tenancy/shares";
import { tenantBus } from "@yardline/tenancy/tenant-bus";
import { tenantIndex } from "@yardline/tenancy/tenant-index";
import { tenantRecords } from "@yardline/tenancy/tenant-records";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { beforeAll, expect, test } from "vitest";
import { identifier } from "./identify.ts";
import { listen } from "./listen.ts";
import type { Parts } from "./parts.ts";
import { openTenantDoors } from "./tenant-doors.ts";
import { sharedApp } from "./testing/app.ts";
import { memoryBus, memoryIndex, memoryMedia } from "./testing/fakes.ts";
import { listenTo } from "./testing/listening.ts";
import { signedInPeople } from "./testing/people.ts";
import { CAMERA, NOON_MS, presence } from "./testing/scenes.ts";

/** A word that stands in everything of Kaminka's that is not public. */
const CANARY = "canary-of-kaminka";
const EVENTS = {
  kaminka: presence(0, { tenant: "kaminka", data: { zone: CANARY } }),
  lypivka: presence(1, { tenant: "lypivka", data: { zone: "playground" } }),
};
const TENANTS = ["kaminka", "lypivka"] as const;

const [bus, index, clock] = [memoryBus(), memoryIndex(), handClock(NOON_MS)];
const people = await signedInPeople();
const { identity, headersOf } = people;
const shares = new Shares(people.records);
const common = { identity, shares, clock };
const OBLAST = { name: "Oblast", tenant: "oblast", simulated: false };

function partsOf(tenant: (typeof TENANTS)[number]): Partial<Parts> {
  const name = tenant === "kaminka" ? CANARY : tenant;
  const seen_at = "2026-11-22T12:00:00Z";
  const tracker = { protocol: "egts", device_id: name, first_seen_at: seen_at, last_seen_at: seen_at };
  return {
    ...common,
    index: tenantIndex(index, tenant),
    bus: tenantBus(bus, tenant),
    records: tenantRecords(people.records, tenant),
    media: memoryMedia({ "snap-1": Buffer.from(name) }),
    cameras: { listCameras: () => [{ ...CAMERA, name }] },
    trackers: { listUnknown: async () => [tracker], adopt: async () => undefined },
    town: { name: tenant, tenant, simulated: false },
  };
}

// One region for the file: three apps take their time to build.
const own = sharedApp(() => ({ ...common, index, bus, records: people.records, town: OBLAST }));
const kaminka = sharedApp(() => partsOf("kaminka"));
const lypivka = sharedApp(() => partsOf("lypivka"));
const doors = { url: "" };

beforeAll(async () => {
  await index.put(Object.values(EVENTS));
  for (const tenant of TENANTS) {
    const name = tenant === "kaminka" ? CANARY : tenant;
    const grants = [{ tenant, role: "administrator", also: [...RIGHTS] }];
    const value = { name, password: "none", grants, epoch: 0 };
    await people.records.write([{ kind: "account", id: `of-${tenant}`, value }]);
  }
  const built = new Map([
    ["kaminka", kaminka()],
    ["lypivka", lypivka()],
  ]);
  await openTenantDoors({
    own: own(),
    doors: built,
    ...common,
    identify: identifier({ ...common, town: OBLAST }),
  });
  doors.url = await listen(own(), { port: 0 });
});

/** Everything that comes back, head included; of what never ends, its beginning. */
async function heard(url: string, init: RequestInit): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(url, { ...init, signal: stop.signal });
  const head = `${response.status} ${JSON.stringify([...response.headers])}`;
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const first = isStream ? await response.body?.getReader().read() : undefined;
  const body = isStream ? Buffer.from(first?.value ?? []).toString() : await response.text();
  stop.abort();
  return `${head} ${body}`;
}

async function operationsAt({ url }: typeof doors) {
  const described = (await (await fetch(`${url}/v1/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  return Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== "head")
      .map((method) => ({ path, method: method.toUpperCase() })),
  );
}

const NAMES: Readonly<Record<string, string>> = {
  occurrence: EVENTS.kaminka.occurrence,
  ...{ camera: "yard", stop_id: "market", at_ms: "0", segment: "s1", part: "head.mp4", report: "on-time" },
  ...{ login: "of-kaminka", id: "0123456789ab", share: "0123456789ab" },
};
const PERIOD = "from=2026-11-22T00:00:00Z&to=2026-11-22T23:00:00Z";
const QUERIES = [
  "",
  `${PERIOD}&every=hour`,
  `${PERIOD}&q=zone:${CANARY}`,
  "q=&at=0",
  `q=zone:&at=5&tenant=kaminka`,
];

/** Every way to ask an operation for Kaminka's things: with what in its query, and at whose doors. */
async function requestsTo(cursor: string) {
  const operations = await operationsAt(doors);
  // Signing out would end what the rest of the table needs.
  const kept = operations.filter(({ path, method }) => !(method === "DELETE" && path === "/v1/session"));
  return kept.flatMap(({ path, method }) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => NAMES[name] ?? name);
    const queries = method === "GET" ? [...QUERIES, `cursor=${cursor}`] : [""];
    return queries.flatMap((query) =>
      ["", "/of/kaminka", "/of/lypivka"].map((door) => ({ method, address: `${door}${filled}?${query}` })),
    );
  });
}

test("every route, asked by somebody of another town with everything they could know of this one, tells nothing of it", {
  timeout: 400_000,
}, async () => {
  const mine = await headersOf("of-kaminka");
  const ask = (path: string) => fetch(doors.url + path, { headers: mine });
  const { cursor = "none" } = (await (await ask("/v1/events?limit=1")).json()) as { cursor?: string };
  const etag = (await ask(`/v1/events/${EVENTS.kaminka.occurrence}`)).headers.get("etag");
  bus.say(EVENTS.kaminka);
  const theirs = {
    ...(await headersOf("of-lypivka")),
    ...{ "last-event-id": "p0", "idempotency-key": "11111111-1111-4111-8111-111111111111" },
    ...(etag && { "if-none-match": etag }),
  };
  const requests = await requestsTo(cursor);
  const leaks: string[] = [];
  for (const { method, address } of requests) {
    const body = method === "GET" ? {} : { body: JSON.stringify({ name: "x" }) };
    const headers = method === "GET" ? theirs : { ...theirs, "content-type": "application/json" };
    const answer = await heard(doors.url + address, { method, headers, ...body });
    // A town's register of its cameras is for everybody.
    const isTold = address.startsWith("/of/kaminka/v1/public/cameras");
    const isLeak = (answer.includes(CANARY) && !isTold) || answer.startsWith("304") || /^500/.test(answer);
    if (isLeak) leaks.push(`${method} ${address}: ${answer.slice(0, 200)}`);
  }
  process.stdout.write(
    `tenants: ${requests.length} requests with another town's names, ${leaks.length} leaks\n`,
  );
  expect(leaks).toEqual([]);
});

test("the account says whose doors it is, and a name in the address opens none that the account does not", async () => {
  const ask = async (path: string, login?: string) => {
    const response = await fetch(doors.url + path, { headers: login ? await headersOf(login) : {} });
    type Answer = { tenant?: string; type?: string; cameras?: readonly { name: string }[] };
    const { tenant, cameras, type } = (await response.json()) as Answer;
    return tenant ?? type ?? cameras?.map(({ name }) => name).join();
  };
  expect(await ask("/v1/town")).toBe("oblast");
  expect(await ask("/of/kaminka/v1/town")).toBe("kaminka");
  expect(await ask("/v1/town", "of-kaminka")).toBe("kaminka");
  expect(await ask("/v1/cameras", "of-kaminka")).toBe(CANARY);
  expect(await ask("/v1/cameras", "of-lypivka")).toBe("lypivka");
  expect(await ask("/of/kaminka/v1/cameras", "of-lypivka")).toBe("urn:yardline:problem:not-allowed");
  expect(await ask("/of/nowhere/v1/town")).toBe("urn:yardline:problem:path-unknown");
});

test("who resumes at another town's place in the stream hears their own from there", async () => {
  bus.say(EVENTS.kaminka, EVENTS.lypivka);
  const stream = `${doors.url}/v1/events/stream`;
  const { occurrences } = await listenTo(stream, {
    ...(await headersOf("of-lypivka")),
    "last-event-id": "p0",
  });
  const other = await listenTo(stream, { ...(await headersOf("of-kaminka")), "last-event-id": "p0" });
  await eventually(() => expect(new Set(other.occurrences())).toEqual(new Set([EVENTS.kaminka.occurrence])));
  await eventually(() => expect(new Set(occurrences())).toEqual(new Set([EVENTS.lypivka.occurrence])));
});

test("a share of one town opens that town's doors alone", async () => {
  const agreed = {
    to: { tenant: "lypivka", name: "Lypivka", signed_by: "I. Moroz" },
    ...{ route_ids: ["r3"], what: ["vehicles" as const], purpose: "line 3" },
  };
  const from = { tenant: "kaminka", name: "Kaminka", signed_by: "O. Koval" };
  const { token } = await shares.make(from, agreed, NOON_MS);
  const statuses = async (path: string) =>
    (await fetch(doors.url + path, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await statuses("/v1/shared")).toBe(200);
  expect(await statuses("/of/lypivka/v1/shared")).toBe(401);
  expect(await statuses("/v1/cameras")).toBe(401);
});
