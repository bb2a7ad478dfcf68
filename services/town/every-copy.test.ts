import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readLink } from "@yardline/audit/chain";
import type { AuditEntry } from "@yardline/audit/entry";
import { readFileLog } from "@yardline/audit/read-log";
import { isoOf } from "@yardline/domain/time";
import { eventually } from "@yardline/testkit/eventually";
import { signInFirst } from "@yardline/testkit/first-account";
import { type HandClock, handClock } from "@yardline/testkit/hand-clock";
import { makeBackup } from "@yardline/upkeep/backup";
import { restoreBackup } from "@yardline/upkeep/restore";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import type { TownConfig } from "./config.ts";
import {
  foundIn,
  grep,
  PLACES,
  type Place,
  plant,
  SEEN_S,
  START_MS,
  storesOf,
  TENANT,
  TRACKS,
} from "./testing/planted-town.ts";
import { startTown } from "./town.ts";

const ROOT = join(import.meta.dirname, "../..");
const PATIENCE_MS = 60_000;
/** The clock of the doors stands still, and so does what somebody may ask for in a minute. */
const POLL_MS = 200;
const HOUR_MS = 3_600_000;
const HELD_UNTIL_MS = START_MS + 20 * 24 * HOUR_MS;

function settingsOf(top: string, cameras: readonly Place[]): TownConfig {
  const cameraOf = (id: Place) => ({
    ...{ id, name: id, url_file: join(top, "camera.url"), retention_h: 72 },
    ...({ purpose: "protection-of-property", legal_basis: "public-task", controller: "Council" } as const),
    mask: { form: "none-needed", reason: "A drawn yard." } as const,
    sign: { posted_on: "2026-11-01", place: "At the gate." },
  });
  return {
    town: { name: "Town", tenant: TENANT },
    cameras: cameras.map(cameraOf),
    // Nobody answers there: what is to be told waits.
    webhooks: [{ id: "duty", url: "https://127.0.0.1:9/events", secret_file: join(top, "duty.secret") }],
  };
}

/** A whole town on a folder, by a clock that is driven by hand: its rounds begin when it starts. */
async function openTown(top: string, clock: HandClock, cameras: readonly Place[] = ["yard", "gate"]) {
  const folder = join(top, "box/town");
  const halt = new AbortController();
  const said: string[] = [];
  const town = await startTown(
    {
      ...{
        config: settingsOf(top, cameras),
        folder,
        pageDir: top,
        port: 0,
        base: top,
        root: ROOT,
        servers: {},
        clock,
      },
      keys: async () => [{ id: "00000000", bytes: new Uint8Array(32) }],
      log: pino({ level: "silent" }),
      report: (line) => said.push(line),
    },
    halt.signal,
  );
  const close = async () => {
    halt.abort();
    await town.stopped;
  };
  onTestFinished(close);
  const first = await signInFirst(said.join("\n"), town.address, TENANT);
  const send = async (method: string, path: string, body?: object, cookie = first, more = {}) => {
    const asked = body ? { "content-type": "application/json" } : {};
    const init = {
      method,
      headers: { ...asked, cookie, ...more },
      ...(body && { body: JSON.stringify(body) }),
    };
    const answer = await fetch(`${town.address}${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    const cookies = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    return { cookie: cookies, json: () => JSON.parse(text) };
  };
  return { send, close };
}
type Town = Awaited<ReturnType<typeof openTown>>;

const OLENA = { login: "olena", password: "correct horse battery" };

/** People look, hold, export and write down: each leaves copies of its own. @returns Olena's cookie. */
async function work({ send }: Town, occurrences: ReadonlyMap<Place, string>): Promise<void> {
  const grants = (["dispatcher", "privacy-officer"] as const).map((role) => ({ tenant: TENANT, role }));
  await send("POST", "/v1/people", { ...OLENA, name: "Olena", grants });
  const { cookie } = await send("POST", "/v1/session", OLENA);
  const as = (method: string, path: string, body?: object, more = {}) =>
    send(method, path, body, cookie, more);
  const [yard = "", gate = ""] = [occurrences.get("yard"), occurrences.get("gate")];
  await eventually(async () => {
    await delay(POLL_MS);
    expect((await as("GET", "/v1/events")).json().events.length).toBeGreaterThanOrEqual(3);
  }, PATIENCE_MS);
  const [from, to] = [isoOf(START_MS), isoOf(START_MS + SEEN_S * 1_000)];
  const until = isoOf(HELD_UNTIL_MS);
  await as("POST", "/v1/holds", {
    ...{ camera: "gate", from, to, reason: "asked for by the police", legal_basis: "case 12", until },
  });
  const opening = { do: "open", title: "A window was broken", purpose: "broken window" };
  const once = { "idempotency-key": "every-copy-of-it-1" };
  await as("POST", "/v1/incidents", { ...opening, cameras: ["yard"], events: [yard, gate] }, once);
  await as("POST", "/v1/searches", { name: "people", q: "label:person", shared: false, alert: true });
  for (const of of [yard, gate]) await as("GET", `/v1/events/${of}/snapshot?box=0&purpose=broken+window`);
  const { id } = (
    await as("POST", "/v1/evidence", {
      ...{ form: "original", events: [yard], purpose: "theft of a bicycle" },
      ...{ periods: [{ camera: "yard", from, to }] },
      legal_basis: { ground: "police-request", reference: "case 13" },
    })
  ).json();
  await eventually(async () => {
    await delay(POLL_MS);
    expect((await as("GET", `/v1/evidence/${id}`)).json().state).toBe("ready");
  }, PATIENCE_MS);
}

/** What people are told of an event, and what they find of its kind. */
async function shown({ send }: Town, occurrence: string) {
  const { cookie } = await send("POST", "/v1/session", OLENA);
  const found = await send("GET", "/v1/events?label=person&limit=10", undefined, cookie);
  const { data, time } = (await send("GET", `/v1/events/${occurrence}`, undefined, cookie)).json();
  const events: readonly { occurrence: string }[] = found.json().events;
  return { data, time, found: events.map((each) => each.occurrence).toSorted() };
}

test("three days later nothing of what was seen is in any file of a whole town but what is held, its skeleton is found, and a backup brings nothing back", {
  timeout: 400_000,
}, async () => {
  const top = await mkdtemp(join(tmpdir(), "yardline-every-copy-"));
  onTestFinished(() => rm(top, { recursive: true, force: true }));
  const [box, folder, file] = [join(top, "box"), join(top, "box/town"), join(top, "backup.tar.zst")];
  const clock = handClock(START_MS);
  const occurrences = await plant(top, clock);
  const of = (place: Place): string => occurrences.get(place) ?? "";
  const planted = await grep(box);
  clock.advance(HOUR_MS);
  let town = await openTown(top, clock);
  await work(town, occurrences);
  await town.close();
  const before = await grep(box);
  // The search finds what is there: in each store, and in what kills left behind until the town started.
  expect([
    storesOf(planted.get("yard")),
    storesOf(planted.get("shop")),
    storesOf(before.get("yard")),
  ]).toEqual([
    ["town.restoring/media", "town/bus", "town/evidence", "town/index.next", "town/media"],
    ["town/bus", "town/index.next", "town/media", "town/records.sqlite"],
    ["town/bus", "town/evidence", "town/index", "town/index.next", "town/media"],
  ]);
  const upkeep = { folder, file, clock, report: () => undefined, signal: new AbortController().signal };
  await makeBackup({ ...upkeep, media: true });

  clock.advance(72 * HOUR_MS);
  town = await openTown(top, clock);
  await eventually(async () => expect(await foundIn(box)).toEqual(["gate"]), PATIENCE_MS);
  const skeleton = { since: isoOf(START_MS), until: isoOf(START_MS + SEEN_S * 1_000) };
  const kept = { rule: "presence", zone: "all", label: "person", score: 0.9, sightings: 9, ended: "left" };
  expect(await shown(town, of("yard"))).toEqual({
    ...{ data: { camera: "yard", ...skeleton, ...kept }, time: isoOf(START_MS) },
    found: PLACES.map(of).toSorted(),
  });
  expect((await shown(town, of("gate"))).data).toMatchObject({
    track: TRACKS.gate,
    snapshot: expect.any(String),
  });
  await town.close();
  expect(await foundIn(box)).toEqual(["gate"]);
  // Who looked, and what went by which rule, stays for years.
  const log = await logOf(folder);
  const done = log.filter(({ who }) => who === OLENA.login).map(({ action }) => action);
  expect([...new Set(done)]).toEqual(["sign-in", "search", "hold", "incident", "live", "export"]);
  const went = log
    .filter(({ action }) => action === "delete")
    .map(({ object, details }) => `${object.id} ${details?.["rule"]}`);
  expect(went.toSorted()).toEqual([
    "bus personal-time",
    "index personal-time",
    "shop no-settings",
    "yard camera-time",
  ]);

  const { aside } = await restoreBackup({ ...upkeep, replace: true });
  await rm(aside ?? "", { recursive: true });
  expect(await foundIn(box)).toEqual(["yard", "gate", "shop"]);
  // The hold has ended, and its camera has been taken away.
  clock.setNow(HELD_UNTIL_MS);
  town = await openTown(top, clock, []);
  await eventually(async () => expect(await foundIn(box)).toEqual([]), PATIENCE_MS);
  expect((await shown(town, of("gate"))).found).toEqual(PLACES.map(of).toSorted());
  await town.close();
  expect(await foundIn(box)).toEqual([]);
});

async function logOf(folder: string): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const line of readFileLog(join(folder, "audit"))) {
    const link = "text" in line ? readLink(line.text) : undefined;
    if (link) entries.push(link.entry);
  }
  return entries;
}
