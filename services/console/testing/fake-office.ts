import type {
  AuditLogPage,
  AuditProof,
  CameraSettings,
  Health,
  Person,
  UnknownTracker,
} from "../api/types.ts";

import { fakeSections } from "./fake-sections.ts";
import { timetableAnswer } from "./fake-timetables.ts";

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
    {
      ...{ seq: 407, at: at(1100), who: "(box)", from: "", action: "delete" },
      object: { kind: "camera", id: "yard" },
      details: { rule: "camera-time", things: 144, before: at(1100 + 72 * 60), holds: 1 },
    },
    {
      ...{ seq: 406, at: at(1160), who: "(box)", from: "", action: "delete" },
      object: { kind: "camera", id: "gate" },
      details: { rule: "made-room", things: 12 },
    },
    {
      ...{ seq: 405, at: at(1220), who: "(box)", from: "", action: "delete" },
      object: { kind: "events", id: "yard-2026-10-28" },
      details: { rule: "event-time", things: 1 },
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

const day = (now_ms: number, days: number) => new Date(now_ms + days * 86_400_000).toISOString();

const YARD: CameraSettings = {
  ...{ id: "yard", revision: 3, changed_by: "olena", changed_at: "2026-11-20T09:15:00Z" },
  settings: {
    ...{ id: "yard", name: "Двір, вул. Садова 4", url_file: "secret:camera-yard-0a1b2c3d" },
    ...{
      purpose: "protection-of-property",
      legal_basis: "legitimate-interest",
      controller: "ОСББ «Садова 4»",
    },
    ...{ retention_h: 72, sign: { posted_on: "2026-11-01", place: "На воротах і біля під'їзду" } },
    mask: {
      form: "burnt-in",
      polygons: [
        [
          [0.05, 0.08],
          [0.3, 0.08],
          [0.3, 0.4],
          [0.05, 0.4],
        ],
      ],
    },
    zones: [
      {
        id: "Майданчик",
        polygon: [
          [0.4, 0.45],
          [0.85, 0.4],
          [0.92, 0.85],
          [0.45, 0.9],
        ],
      },
    ],
    lines: [
      {
        id: "Ворота",
        points: [
          [0.1, 0.8],
          [0.35, 0.7],
        ],
      },
    ],
  },
};

const evidence = (now_ms: number) => ({
  ...{ progress: 0, events: [], handed: [], form: "redacted" as const },
  periods: [{ camera: "yard", from: day(now_ms, -1), to: day(now_ms, -0.99) }],
  legal_basis: { ground: "legal-obligation" as const, reference: "Запит поліції № 1172" },
  asked_at: day(now_ms, -0.1),
});

const officerAnswers = (now_ms: number): Readonly<Record<string, () => object>> => ({
  "/v1/settings": () => ({
    ...{ owner: { by: "file", name: "town.yaml" }, cameras_owner: { by: "pages" } },
    settings: {
      town: { name: "Верба", tenant: "verba", timezone: "Europe/Kyiv" },
      port: 8080,
      public: { name: "verba.example" },
    },
  }),
  "/v1/settings/sections": () => ({ sections: fakeSections(now_ms) }),
  "/v1/settings/cameras": () => ({ cameras: [YARD] }),
  "/v1/public/cameras": () => ({
    cameras: [
      {
        ...{ id: "yard", name: "Двір, вул. Садова 4", purpose: "Захист майна від пошкодження та крадіжок" },
        ...{
          legal_basis: "Законний інтерес (GDPR, ст. 6(1)(f))",
          controller: "ОСББ «Садова 4»",
          retention_h: 72,
        },
        ...{ mask_form: "burnt-in", recorded: false, films: true, sign: "stale" },
      },
      {
        ...{
          id: "gate",
          name: "В'їзд",
          purpose: "Безпека руху",
          legal_basis: "Завдання в суспільних інтересах",
        },
        ...{ controller: "Громада Верба", retention_h: 24, mask_form: "none-needed", recorded: false },
        ...{ films: false, sign: "posted", paused_until: day(now_ms, 1) },
      },
    ],
  }),
  "/v1/holds": () => ({
    holds: [
      {
        ...{ id: "h1", camera: "yard", from: day(now_ms, -3), to: day(now_ms, -2.9), until: day(now_ms, 4) },
        ...{
          reason: "Викрадення велосипеда",
          legal_basis: "Кримінальне провадження № 12026",
          owner: "dispetcher-1",
        },
        ...{ made_at: day(now_ms, -2), state: "ends-soon" },
      },
    ],
  }),
  "/v1/requests": () => ({
    requests: [
      {
        ...{ id: "r1", state: "due-soon", due_at: day(now_ms, 3), law: "ukraine", kind: "access" },
        ...{ requester: { name: HOSTILE, contact: "вул. Садова 4, кв. 12" }, received_at: day(now_ms, -27) },
        about: {
          ...{ description: "Ішла через двір із червоною парасолькою", cameras: ["yard"] },
          ...{ from: day(now_ms, -30), to: day(now_ms, -29) },
        },
        recorded_by: "officer",
      },
    ],
  }),
  "/v1/evidence": () => ({
    evidence: [
      { ...evidence(now_ms), id: "e1", state: "ready", purpose: "ДТП на вул. Садовій", asked_by: "olena" },
      {
        ...evidence(now_ms),
        id: "e2",
        state: "waiting",
        purpose: "Викрадення велосипеда",
        asked_by: "dispetcher-1",
      },
    ],
  }),
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
    ...officerAnswers(now_ms),
  };
  return answers[pathname]?.() ?? timetableAnswer(pathname, now_ms);
}
