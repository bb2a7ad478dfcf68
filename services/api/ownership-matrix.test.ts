import { PASSWORD } from "@yardline/identity/testing";
import { writeOpening } from "@yardline/incidents/incident-log";
import type { Grant } from "@yardline/permission/grant";
import { Shares } from "@yardline/tenancy/shares";
import { expect, test } from "vitest";
import { servedApp } from "./testing/app.ts";
import { memoryIndex, memoryMedia } from "./testing/fakes.ts";
import { type Operation, operationsOf } from "./testing/operations.ts";
import { PEOPLE, testIdentity } from "./testing/people.ts";
import { CAMERA, NOON_MS, presence, TENANT } from "./testing/scenes.ts";

/**
 * Every operation on a camera or an event × everybody × whose it is, generated: what is wanted follows from the place of the object
 * and the reach of who asks, by the rule below and nothing of the code that decides. `permission-matrix.test.ts` has by hand who
 * may ask each operation at all.
 */
const OSBB = { id: "osbb-7", name: "OSBB 7", gives: ["live-on-alarm" as const] };
/** The places of objects. Of another tenant nothing is in our list of cameras. */
const PLACES = {
  own: { id: "yard", district: "north" },
  "other camera": { id: "gate", district: "north" },
  "other district": { id: "square", district: "south" },
  partner: { id: "hall", district: "north", partner: OSBB },
  "other tenant": { id: "far" },
} as const;
type Ownership = keyof typeof PLACES;
const OWNERSHIPS = Object.keys(PLACES) as readonly Ownership[];

/** Who asks besides one of each role: the same dispatcher for less. */
const NARROWED: Readonly<Record<string, Grant>> = {
  "of north": { tenant: TENANT, role: "dispatcher", districts: ["north"] },
  "of a partner": { tenant: TENANT, role: "dispatcher", partner: "osbb-7" },
  "of nothing": { tenant: TENANT, role: "dispatcher", cameras: [] },
};
/** Where each of them reaches; whoever is not named reaches all of the town's own. */
const REACH: Readonly<Record<string, readonly Ownership[]>> = {
  "yard-only": ["own"],
  "of north": ["own", "other camera"],
  "of a partner": ["partner"],
  "of nothing": [],
};
/** These see no pictures: they look after the box and the people it films, whosever camera is on it. */
const OF_THE_BOX = ["administrator", "operator", "privacy-officer"];
const WHO = ["resident", ...Object.keys(PEOPLE), ...Object.keys(NARROWED)];

const QUERIES: Readonly<Record<string, string>> = {
  listRecordings: "from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z",
  getPlaylist: "from=2026-11-22T11:00:00Z&to=2026-11-22T12:00:00Z",
};
const BODIES: Readonly<Record<string, object>> = {
  turnCamera: { view: "gate" },
  pauseCamera: { reason: "a funeral", until: "2026-12-01T00:00:00Z" },
  resumeCamera: { reason: "it is over" },
};
/** Anybody may read the sign of any camera that hangs in the town, whosever it is. */
const PUBLIC: readonly string[] = ["getCameraSign"];

type Outcome = "allowed" | "sign in" | "not allowed" | "unknown" | "asked wrongly";
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  "urn:yardline:problem:sign-in": "sign in",
  "urn:yardline:problem:not-allowed": "not allowed",
  "urn:yardline:problem:event-unknown": "unknown",
  "urn:yardline:problem:camera-unknown": "unknown",
  "urn:yardline:problem:incident-unknown": "unknown",
  // Whoever knows of a partner's camera is told what the agreement wants.
  "urn:yardline:problem:partner-request": "unknown",
  "urn:yardline:problem:invalid-request": "asked wrongly",
};

/** What somebody of this role gets of what is theirs decides the rest: less for what is not. */
function wanted({ id }: Operation, who: string, whose: Ownership, ofOwn: Outcome): Outcome {
  if (PUBLIC.includes(id)) return whose === "other tenant" ? "unknown" : "allowed";
  if (ofOwn !== "allowed") return ofOwn;
  const isTheirs = REACH[who]?.includes(whose) ?? (whose !== "partner" || OF_THE_BOX.includes(who));
  return isTheirs && whose !== "other tenant" ? "allowed" : "unknown";
}

async function town() {
  const index = memoryIndex();
  const events = Object.fromEntries(
    OWNERSHIPS.map((whose, at) => {
      const { id } = PLACES[whose];
      const tenant = whose === "other tenant" ? "neighbour" : TENANT;
      return [whose, presence(at, { tenant, source: `camera/${id}`, data: { camera: id } })];
    }),
  );
  await index.put(Object.values(events));
  const people = await testIdentity();
  for (const [at, grant] of Object.values(NARROWED).entries()) {
    await people.identity.accounts.create(`narrow-${at}`, { name: "N", password: PASSWORD, grants: [grant] });
  }
  const { "other tenant": _, ...ours } = PLACES;
  const cameras = Object.values(ours).map((place) => ({ ...CAMERA, ...place }));
  const shares = new Shares(people.records);
  const { url } = await servedApp({
    index,
    records: people.records,
    media: memoryMedia({ "snap-1": new Uint8Array([1]) }),
    cameras: { listCameras: () => cameras, findStatistics: () => undefined },
    identity: people.identity,
    shares,
  });
  const from = { tenant: TENANT, name: "Demo", signed_by: "O. Koval" };
  const to = { tenant: "lypivka", name: "Lypivka", signed_by: "I. Moroz" };
  const agreed = { to, route_ids: ["r3"], what: ["vehicles" as const], purpose: "line 3" };
  const { token } = await shares.make(from, agreed, NOON_MS);
  const loginOf = (who: string) => (who in NARROWED ? `narrow-${Object.keys(NARROWED).indexOf(who)}` : who);
  const headers = new Map<string, Record<string, string>>();
  for (const who of WHO) headers.set(who, await people.headersOf(loginOf(who)));
  return { url, events, headers, records: people.records, box: { authorization: `Bearer ${token}` } };
}

/**
 * An incident is the town's own log, and names what happened: of a partner's alarm it is known to the town's people whom the agreement told of it, where
 * they would see the town's own cameras. Its pictures stay the partner's.
 */
function wantedOfIncident(who: string, whose: Ownership, ofOwn: Outcome): Outcome {
  if (ofOwn !== "allowed") return ofOwn;
  if (whose === "partner") return ["yard-only", "of nothing"].includes(who) ? "unknown" : "allowed";
  return whose !== "other tenant" && (REACH[who]?.includes(whose) ?? true) ? "allowed" : "unknown";
}

async function outcomeOf(
  { id, method }: Operation,
  url: string,
  headers: Record<string, string>,
): Promise<Outcome> {
  const body = method === "GET" || method === "DELETE" ? undefined : JSON.stringify(BODIES[id] ?? {});
  const hangUp = new AbortController();
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(`${url}?${QUERIES[id] ?? ""}`, {
    ...{ method, headers: { ...headers, ...json }, signal: hangUp.signal },
    ...(body !== undefined && { body }),
  });
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem") ?? false;
  const type = isProblem ? ((await response.json()) as { type: string }).type : "";
  hangUp.abort();
  return OUTCOMES[type] ?? "allowed";
}

test("every operation on a camera or an event × everybody × whose it is", { timeout: 400_000 }, async () => {
  const { url, events, headers } = await town();
  // Settings are whole a tenant's own, whosever camera is meant: `permission-matrix.test.ts` has who may read and write them.
  const operations = (await operationsOf(url)).filter(
    ({ path }) => /\{(camera|occurrence)\}/.test(path) && !path.startsWith("/v1/settings/"),
  );
  const wrong: string[] = [];
  let cases = 0;
  for (const operation of operations) {
    const addressOf = (whose: Ownership): string => {
      const names: Readonly<Record<string, string>> = {
        occurrence: events[whose]?.occurrence ?? "",
        camera: PLACES[whose].id,
        ...{ at_ms: "0", segment: "s1", part: "head.mp4" },
      };
      return url + operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name);
    };
    for (const who of WHO) {
      const found = (whose: Ownership, of = who) =>
        outcomeOf(operation, addressOf(whose), headers.get(of) ?? {});
      // Of the narrowed ones, what a dispatcher of the whole town gets is what there is to get.
      const ofOwn = await found("own", who in REACH ? "dispatcher" : who);
      for (const whose of OWNERSHIPS) {
        cases += 1;
        const [is, want] = [await found(whose), wanted(operation, who, whose, ofOwn)];
        if (is !== want || is === "asked wrongly") {
          wrong.push(`${operation.id}, ${who}, ${whose}: ${is}, not ${want}`);
        }
      }
    }
  }
  process.stdout.write(
    `ownership: ${operations.length} operations × ${WHO.length} × ${OWNERSHIPS.length} = ${cases} cases, ${wrong.length} wrong\n`,
  );
  expect(operations.length).toBeGreaterThanOrEqual(10);
  expect(wrong).toEqual([]);
});

/** One incident a place, about its camera and what it saw. @returns their ids. */
async function incidentsIn({ events, records }: Awaited<ReturnType<typeof town>>) {
  const hand = { by: "olena", at_ms: NOON_MS };
  const ids = new Map<Ownership, string>();
  for (const whose of OWNERSHIPS) {
    const { occurrence, source, type, time } = events[whose] ?? presence();
    const about = { cameras: [PLACES[whose].id], events: [{ occurrence, source, type, time }] };
    const tenant = whose === "other tenant" ? "neighbour" : TENANT;
    const opening = { do: "open", title: "A window was broken", purpose: "broken window", ...about } as const;
    ids.set(whose, (await writeOpening(records, tenant, opening, hand)).id);
  }
  return ids;
}

test("every reading of an incident × everybody × whose it is about", { timeout: 400_000 }, async () => {
  const doors = await town();
  const ids = await incidentsIn(doors);
  const operations = (await operationsOf(doors.url)).filter(
    ({ method, path }) => method === "GET" && path.startsWith("/v1/incidents/{id}"),
  );
  const wrong: string[] = [];
  let cases = 0;
  for (const [operation, who] of operations.flatMap((each) => WHO.map((who) => [each, who] as const))) {
    const found = (whose: Ownership, of = who) => {
      const address = doors.url + operation.path.replace("{id}", ids.get(whose) ?? "");
      return outcomeOf(operation, address, doors.headers.get(of) ?? {});
    };
    const ofOwn = await found("own", who in REACH ? "dispatcher" : who);
    for (const whose of OWNERSHIPS) {
      cases += 1;
      const [is, want] = [await found(whose), wantedOfIncident(who, whose, ofOwn)];
      if (is !== want) wrong.push(`${operation.id}, ${who}, ${whose}: ${is}, not ${want}`);
    }
  }
  process.stdout.write(
    `ownership of incidents: ${operations.length} operations × ${WHO.length} × ${OWNERSHIPS.length} = ${cases} cases, ${wrong.length} wrong\n`,
  );
  expect(operations.length).toBeGreaterThanOrEqual(2);
  expect(wrong).toEqual([]);
});

test("a neighbour's box gets the shared line and, beside what everybody may know, nothing", {
  timeout: 400_000,
}, async () => {
  const { url, events, box } = await town();
  const wrong: string[] = [];
  let cases = 0;
  for (const operation of await operationsOf(url)) {
    const names: Readonly<Record<string, string>> = {
      occurrence: events["own"]?.occurrence ?? "",
      ...{ camera: "yard", stop_id: "market", login: "planner", id: "0123456789ab", share: "0123456789ab" },
      ...{ at_ms: "0", segment: "s1", part: "head.mp4", report: "on-time" },
    };
    const address = url + operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? name);
    const [theirs, residents] = [
      await outcomeOf(operation, address, box),
      await outcomeOf(operation, address, {}),
    ];
    cases += 1;
    const want = operation.path.startsWith("/v1/shared") ? "allowed" : residents;
    if (theirs !== want) wrong.push(`${operation.id}: ${theirs}, not ${want}`);
  }
  process.stdout.write(`shared line: ${cases} operations, ${wrong.length} wrong\n`);
  expect(wrong).toEqual([]);
});
