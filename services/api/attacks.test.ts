import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import { PASSWORD } from "@yardline/identity/testing";
import { openEmbeddedIndex } from "@yardline/index/embedded";
import { memoryRecords } from "@yardline/records/memory";
import type { Records } from "@yardline/records/records";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { sharedApp, testApp } from "./testing/app.ts";
import { memoryIndex } from "./testing/fakes.ts";
import { signedInPeople, testIdentity } from "./testing/people.ts";
import { presence, TENANT } from "./testing/scenes.ts";

/** Tries of `infra/guide/security.md` that belong to no single door; the numbers are its classes. */
const shared = sharedApp();

type Operation = {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly schema?: { readonly pattern?: string } }[];
};
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

const JSON_TYPE = { "content-type": "application/json" };

/** Each of them would be somebody else's door, or a file, where only the text is compared. */
const PAST_CHECKS = [
  "/v1/events/..%2f..%2fv1%2fpeople",
  "/v1/events/%2e%2e/%2e%2e/people",
  "/v1//people",
  "/v1/%70eople%00",
  "/v1/people/",
  "/V1/people",
  "/v1\\people",
  "/v1/cameras/..%5c..%5cpeople/recordings",
  "/v1/cameras/%2e%2e%2f%2e%2e%2fetc%2fpasswd/segments/0/..%2f..%2fhead/head.mp4",
];

test("2, 9: no way of writing an address leads past a check", async () => {
  const { identity } = await testIdentity({ empty: true });
  const app = await testApp({ identity });
  for (const url of PAST_CHECKS) {
    const { statusCode, body } = await app.inject(url);
    expect([url, statusCode >= 400, statusCode < 500]).toEqual([url, true, true]);
    expect(body).not.toContain("root:");
  }
});

test("11: no pattern of the description takes long over what nearly fits", async () => {
  const { paths } = (await shared().inject("/v1/openapi.json")).json<Description>();
  const patterns = new Set(
    [...JSON.stringify(paths).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text = ""]) =>
      JSON.parse(text),
    ),
  );
  expect(patterns.size).toBeGreaterThan(5);
  // What a body may hold at most, and then a character that fits nothing.
  const nearly = ["a", "0", "1,", "-1.0,", "ab-", "a.", "geo:1,", "2026-", "%20"].map(
    (part) => `${part.repeat(16_000 / part.length)}\u0001`,
  );
  for (const pattern of patterns) {
    const began = process.cpuUsage();
    for (const text of nearly) new RegExp(pattern, "u").test(text);
    const { user } = process.cpuUsage(began);
    // Linear ones take less than a millisecond; one that goes back and forth takes minutes.
    expect({ pattern, slow: user > 2_000_000 }).toEqual({ pattern, slow: false });
  }
});

test("13: asking changes nothing: no GET of the description writes a row, whoever asks", async () => {
  const { identity, headersOf } = await signedInPeople();
  const written: string[] = [];
  const kept = memoryRecords();
  const records: Records = {
    ...kept,
    write: (changes) => {
      written.push(...changes.map(({ kind }) => kind));
      return kept.write(changes);
    },
  };
  const index = memoryIndex();
  await index.put([presence(0)]);
  const app = await testApp({ identity, records, index });
  const { paths } = (await app.inject("/v1/openapi.json")).json<Description>();
  const doors = Object.entries(paths).flatMap(([path, { get }]) =>
    get && !path.endsWith("/stream") ? [path.replaceAll(/\{\w+\}/g, "yard")] : [],
  );
  expect(doors.length).toBeGreaterThan(40);
  for (const login of ["dispatcher", "administrator", "privacy-officer"]) {
    const headers = await headersOf(login);
    for (const url of doors) await app.inject({ url, headers });
  }
  expect(written).toEqual([]);
});

/** Doors at which one person can sign in. */
async function doorsOfOne() {
  const { identity } = await testIdentity({ empty: true });
  const grants = [{ tenant: TENANT, role: "planner" } as const];
  await identity.accounts.create("planner", { name: "Planner", password: PASSWORD, grants });
  return testApp({ identity });
}

test("15: no session is adopted that the doors did not give, and none comes in an address", async () => {
  const app = await doorsOfOne();
  const planted = `${"a".repeat(21)}.${"b".repeat(31)}`;
  const signIn = (cookie: string) =>
    app.inject({
      method: "POST",
      url: "/v1/session",
      headers: { cookie },
      payload: { login: "planner", password: PASSWORD },
    });
  const cookieOf = ({ headers }: Awaited<ReturnType<typeof signIn>>) =>
    String(headers["set-cookie"]).split(";")[0] ?? "";
  const first = cookieOf(await signIn(`yardline-session=${planted}`));
  expect(first).not.toContain(planted);
  // Who signs in over a session that somebody else knows gets another one.
  const second = cookieOf(await signIn(first));
  expect(second).not.toBe(first);
  const statusOf = async (url: string, cookie?: string) =>
    (await app.inject({ url, headers: cookie === undefined ? {} : { cookie } })).statusCode;
  expect(await statusOf("/v1/events", `yardline-session=${planted}`)).toBe(401);
  expect(await statusOf("/v1/events", second)).toBe(200);
  const [, value = ""] = second.split("=");
  for (const name of ["token", "access_token", "session", "yardline-session", "authorization"])
    expect(await statusOf(`/v1/cameras?${name}=${value}`)).toBe(401);
});

test("17: nobody learns who has an account: not by signing in, not by waiting", async () => {
  const answers = async (login: string) => {
    const app = await doorsOfOne();
    const said: unknown[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const payload = { login, password: "a guess of somebody" };
      const { statusCode, body, headers } = await app.inject({ method: "POST", url: "/v1/session", payload });
      said.push([statusCode, body, headers["retry-after"], headers["set-cookie"]]);
    }
    return said;
  };
  expect(await answers("planner")).toEqual(await answers("nobody"));
});

test("16: no header makes anybody somebody else, or of this machine", async () => {
  const { identity } = await signedInPeople();
  const app = await testApp({ identity });
  const spoofed = {
    "x-forwarded-user": "administrator",
    "x-remote-user": "administrator",
    "remote-user": "administrator",
    "x-forwarded-for": "127.0.0.1",
    "x-real-ip": "127.0.0.1",
    forwarded: "for=127.0.0.1;host=localhost;proto=https",
    "x-original-url": "/v1/town",
    "x-rewrite-url": "/v1/town",
    "x-http-method-override": "DELETE",
  };
  expect((await app.inject({ url: "/v1/people", headers: spoofed })).statusCode).toBe(401);
  expect(
    (
      await app.inject({
        url: "/v1/town",
        headers: { host: "evil.example", "x-forwarded-host": "localhost" },
      })
    ).statusCode,
  ).toBe(421);
});

test.for([
  { what: "__proto__", payload: '{"__proto__":{"admin":true}}' },
  { what: "constructor.prototype", payload: '{"constructor":{"prototype":{"admin":true}}}' },
  { what: "__proto__ below", payload: '{"where":{"__proto__":{"op":"all"}}}' },
  { what: "a thousand levels", payload: `${'{"where":{"op":"not","of":'.repeat(400)}1` },
  { what: "no JSON", payload: "{" },
])("18, 21: a body with $what is refused and changes nothing", async ({ payload }) => {
  const answer = await shared().inject({
    method: "POST",
    url: "/v1/events/search",
    headers: JSON_TYPE,
    payload,
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
  expect("admin" in {}).toBe(false);
});

test("21: bodies are taken as they come: packed ones, and such as are too long, are refused unread", async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
  const ask = (headers: Record<string, string>, payload: Buffer | string) =>
    shared().inject({
      method: "POST",
      url: "/v1/events/search",
      headers: { ...JSON_TYPE, ...headers },
      payload,
    });
  expect((await ask({ "content-encoding": "gzip" }, bomb)).statusCode).toBeGreaterThanOrEqual(400);
  expect((await ask({}, `{"limit":1${" ".repeat(20_000)}}`)).statusCode).toBe(413);
  expect((await ask({ "content-type": "application/x-yaml" }, "limit: 1")).statusCode).toBe(415);
});

test("21: letters that grow when they are read alike cost no more than others", async () => {
  const folder = await mkdtemp(join(tmpdir(), "yardline-letters-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const index = await openEmbeddedIndex({ folder });
  onTestFinished(() => index.close());
  await index.put([presence(0)]);
  const app = await testApp({ index });
  // One character that becomes eighteen, as often as a body takes.
  const of = Array.from({ length: 20 }, () => ({ op: "words", text: "\ufdfa".repeat(200) }));
  const payload = { where: { op: "any", of } };
  const began = process.cpuUsage();
  const { statusCode } = await app.inject({ method: "POST", url: "/v1/events/search", payload });
  expect(statusCode).toBeLessThan(500);
  expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
});

test("23: whatever is asked, a log line is one line of JSON, and addresses are not in it", async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).split("\n").filter(Boolean));
      done();
    },
  });
  const index = {
    ...memoryIndex(),
    search: () => Promise.reject(new Error('broken\r\n{"level":60}\u001b[31m')),
  };
  const app = await testApp({ index, log: pino({ level: "trace" }, sink) });
  const headers = { "user-agent": "\u001b[2Jevil", "x-request-id": "1\u2028{}" };
  const answer = await app.inject({ url: "/v1/events?text=canary-4711", headers });
  expect(answer.statusCode).toBe(500);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(JSON.parse(line)).toBeTypeOf("object");
    expect(line).not.toContain("canary-4711");
    expect(line).not.toContain("\u001b");
  }
});

test("25: of two who ask the same in the same moment each gets their own, and neither's answer is good for the other", async () => {
  const index = memoryIndex();
  const [yard, gate] = [presence(0), presence(1, { source: "camera/gate", data: { camera: "gate" } })];
  await index.put([yard, gate]);
  const { identity, headersOf } = await signedInPeople();
  const app = await testApp({ index, identity });
  const who = { dispatcher: await headersOf("dispatcher"), "yard-only": await headersOf("yard-only") };
  const seen = { dispatcher: [yard, gate], "yard-only": [yard] };
  const logins = ["dispatcher", "yard-only"] as const;
  const asked = Array.from({ length: 40 }, (_, at) => logins[at % 2] ?? "dispatcher");
  const answers = await Promise.all(
    asked.map(async (login) => ({
      login,
      answer: await app.inject({ url: "/v1/events", headers: who[login] }),
    })),
  );
  const tags = new Map<string, string>();
  for (const { login, answer } of answers) {
    const got = answer
      .json<{ events: { occurrence: string }[] }>()
      .events.map(({ occurrence }) => occurrence);
    expect([login, got.toSorted()]).toEqual([
      login,
      seen[login].map(({ occurrence }) => occurrence).toSorted(),
    ]);
    tags.set(login, String(answer.headers.etag));
  }
  const others = { ...who["yard-only"], "if-none-match": tags.get("dispatcher") ?? "" };
  expect((await app.inject({ url: "/v1/events", headers: others })).statusCode).toBe(200);
});

test("25: what takes a right may be kept by nobody between", async () => {
  const index = memoryIndex();
  await index.put([presence(0)]);
  const { identity, headersOf } = await signedInPeople();
  const app = await testApp({ index, identity });
  const { paths } = (await app.inject("/v1/openapi.json")).json<Description>();
  const closed = Object.entries(paths).flatMap(([path, { get }]) =>
    get && (get.security ?? []).length > 0 && !path.includes("{") && !path.endsWith("/stream") ? [path] : [],
  );
  expect(closed.length).toBeGreaterThan(8);
  const headers = await headersOf("dispatcher");
  for (const url of closed) {
    for (const each of [headers, {}]) {
      const { headers: answered } = await app.inject({ url, headers: each });
      expect([url, answered["cache-control"]]).toEqual([url, expect.stringMatching(/no-store|private/)]);
    }
  }
});
