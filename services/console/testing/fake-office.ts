import type { AuditLogPage, AuditProof, Health, Person, UnknownTracker } from "../api/types.ts";

const MINUTE_MS = 60_000;
/** A name as somebody may have it who tries what pages do with names. */
const HOSTILE = '<b onmouseover="alert(1)">Іван "О\u02bcТул"</b> \u202eנתן';

const health = (): Health => ({
  healthy: false,
  parts: [
    { name: "indexer", running: false, required: true, detail: "the disk is full" },
    { name: "transit", running: true, required: true },
    { name: "tracker gateway", running: true, required: true },
    {
      name: "camera gate",
      running: false,
      required: false,
      detail: "The camera is silent; trying again every 30 s.",
    },
    { name: "camera yard", running: true, required: false },
    { name: "audit log", running: true, required: false },
    { name: "webhook police", running: false, required: false, detail: "https://…: 503, next try in 4 min" },
  ],
});

const people = (): readonly Person[] => [
  person("olena", "Олена Ковальчук", [{ tenant: "verba", role: "administrator" }], { has_totp: true }),
  person("dispetcher-1", "Тарас Шевчук-Довженко", [
    { tenant: "verba", role: "dispatcher", cameras: ["yard", "gate"], also: ["unmask"] },
  ]),
  person("planner", "Марія Гнатюк", [{ tenant: "verba", role: "planner" }], { outside: true }),
  person("ivan", HOSTILE, [], { locked: true }),
];

function person(
  login: string,
  name: string,
  grants: Person["grants"],
  more: Partial<Pick<Person, "locked" | "has_totp" | "outside">> = {},
): Person {
  return { login, name, grants, locked: false, has_totp: false, outside: false, revision: 1, ...more };
}

const trackers = (now_ms: number): readonly UnknownTracker[] => [
  {
    protocol: "wialon-ips",
    device_id: "860719020025346",
    first_seen_at: new Date(now_ms - 90 * MINUTE_MS).toISOString(),
    last_seen_at: new Date(now_ms - 20_000).toISOString(),
  },
  {
    protocol: "teltonika",
    device_id: "352093081452251",
    first_seen_at: new Date(now_ms - 40 * 60 * MINUTE_MS).toISOString(),
    last_seen_at: new Date(now_ms - 9 * MINUTE_MS).toISOString(),
  },
];

function log(now_ms: number, params: URLSearchParams): AuditLogPage {
  const at = (minutes: number) => new Date(now_ms - minutes * MINUTE_MS).toISOString();
  const entries: AuditLogPage["entries"] = [
    {
      ...{ seq: 412, at: at(3), who: "dispetcher-1", from: "192.0.2.17", action: "look" },
      object: { kind: "camera", id: "yard" },
      ...{ purpose: "Викрадення велосипеда", incident: "2026-11-00000012" },
    },
    {
      ...{ seq: 411, at: at(6), who: "dispetcher-1", from: "192.0.2.17", action: "search" },
      object: { kind: "events", id: "verba" },
      purpose: "Викрадення велосипеда",
      details: { q: 'label:bicycle zone:"Біля під\'їзду"', found: 14 },
    },
    {
      ...{ seq: 410, at: at(41), who: "olena", from: "192.0.2.4", action: "people" },
      object: { kind: "account", id: "ivan" },
      details: { change: "locked", locked: true },
    },
    {
      ...{ seq: 409, at: at(500), who: "(nobody)", from: "198.51.100.77", action: "live" },
      object: { kind: "camera", id: HOSTILE },
    },
    {
      ...{ seq: 408, at: at(900), who: "(box)", from: "", action: "log" },
      object: { kind: "audit", id: "begun" },
    },
  ];
  const who = params.get("who");
  const action = params.get("action");
  const cursor = params.get("cursor");
  const found = entries.filter(
    (entry) =>
      (who === null || entry.who === who) &&
      (action === null || entry.action === action) &&
      (cursor === null || entry.seq < Number(cursor)),
  );
  const page = found.slice(0, 4);
  return { entries: page, ...(found.length > page.length && { cursor: String(page.at(-1)?.seq) }) };
}

const proof = (now_ms: number): AuditProof => ({
  entries: 413,
  ...{ first_seq: 0, first_at: new Date(now_ms - 30 * 86_400_000).toISOString() },
  ...{ last_seq: 412, last_at: new Date(now_ms).toISOString() },
  ...{ findings: [], findings_count: 0, proven: 0 },
  unproven: ["Whether the end was cut off, or all of it written anew, cannot be told."],
  key: "yardline-audit/verba+2f1c9f0e+AYbP0m3mZ0m3nJxY2oT5k7cQ2m0hQ0c6b9gV4s1y2Xo=",
});

/** What the administrator's and the privacy officer's desks ask for; undefined for what is somebody else's. */
export function officeAnswer({ pathname, searchParams }: URL): object | undefined {
  const now_ms = Date.now();
  const answers: Readonly<Record<string, () => object>> = {
    "/healthz": health,
    "/v1/people": () => ({ people: people() }),
    "/v1/trackers/unknown": () => ({ trackers: trackers(now_ms) }),
    "/v1/audit": () => log(now_ms, searchParams),
    "/v1/audit/proof": () => proof(now_ms),
  };
  return answers[pathname]?.();
}
