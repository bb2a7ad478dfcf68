import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import { pino } from "pino";
import { expect, test } from "vitest";
import { sharedApp, testApp } from "./testing/app.ts";
import { memoryIndex } from "./testing/fakes.ts";
import { testIdentity } from "./testing/people.ts";
import { presence } from "./testing/scenes.ts";

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

test("16: no header makes anybody somebody else, or of this machine", async () => {
  const { identity } = await testIdentity();
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

test("25: what takes a right may be kept by nobody between", async () => {
  const index = memoryIndex();
  await index.put([presence(0)]);
  const { identity, headersOf } = await testIdentity();
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
