import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { LIMITS } from "./limits.ts";
import { servedApp, sharedApp } from "./testing/app.ts";

const shared = sharedApp();

describe("Host: only this machine's own names", () => {
  test.for([
    { host: "localhost:8080", status: 200 },
    { host: "127.0.0.1:8080", status: 200 },
    { host: "[::1]:8080", status: 200 },
    { host: "LOCALHOST", status: 200 },
    { host: "rebound.example:8080", status: 421 },
    { host: "localhost.rebound.example", status: 421 },
    { host: "127.0.0.1.rebound.example", status: 421 },
    { host: "localhost:8080@rebound.example", status: 421 },
    { host: "localhost:abc", status: 421 },
    { host: "192.168.1.5:8080", status: 421 },
    { host: "127.0.0.1x", status: 421 },
  ])("$host answers $status", async ({ host, status }) => {
    const app = shared();
    for (const url of ["/v1/events", "/", "/metrics", "/docs", "/nowhere"]) {
      const response = await app.inject({ url, headers: { host, accept: "text/html" } });
      expect(response.statusCode === 421).toBe(status === 421);
      if (status === 421) expect(response.json().type).toBe("urn:yardline:problem:host-unknown");
    }
  });
});

describe("pages of other sites", () => {
  test.for([
    { headers: { origin: "http://localhost:80" }, status: 200 },
    { headers: { origin: "https://evil.example" }, status: 403 },
    { headers: { origin: "http://localhost:3000" }, status: 403 },
    { headers: { origin: "null" }, status: 403 },
    { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, status: 403 },
    { headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, status: 200 },
    { headers: { "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors" }, status: 200 },
  ])("$headers answers $status, and never with leave to read", async ({ headers, status }) => {
    const app = shared();
    const response = await app.inject({
      url: "/v1/events",
      headers: { ...headers, host: "localhost:80" },
    });
    expect(response.statusCode).toBe(status);
    const names = Object.keys(response.headers);
    expect(names.filter((name) => name.startsWith("access-control") || name === "set-cookie")).toEqual([]);
  });
});

test.for(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const)("%s is no word here", async (method) => {
  const app = shared();
  for (const url of ["/v1/events", "/", "/healthz", "/nowhere"]) {
    const response = await app.inject({ method, url });
    expect([response.statusCode, response.headers.allow]).toEqual([405, "GET, HEAD"]);
  }
});

test.for(["/v1/events", "/v1/nothing", "/docs", "/", "/healthz", "/%zz"])(
  "%s carries the strict headers",
  async (url) => {
    const app = shared();
    const { headers } = await app.inject({ url, headers: { accept: "text/html" } });
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  },
);

test.for([
  "/v1/%2e%2e/%2e%2e/etc/passwd",
  "/v1/../../etc/passwd",
  "//etc/passwd",
  "//evil.example/v1/events",
  "/v1//events",
  "/v1/events/",
  "/v1/events%00",
  "/v1/events/%00",
  "/%zz",
  "/%c0%ae%c0%ae/",
  "/v1/stops/%ff/arrivals",
  "/docs/static/%2e%2e/%2e%2e/package.json",
  "/docs/static/..%2f..%2fpackage.json",
])("%s gets a problem and nothing else", async (url) => {
  const app = shared();
  const response = await app.inject({ url });
  expect([400, 403, 404]).toContain(response.statusCode);
  expect(response.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(Object.keys(response.json())).toEqual(["type", "title", "status", "detail"]);
});

test("an address of endless length is refused by its length", async () => {
  const app = shared();
  const url = `/v1/events?text=${"x".repeat(LIMITS.url_chars_max)}`;
  const response = await app.inject({ url });
  expect([response.statusCode, response.json().detail]).toEqual([
    414,
    "The address has more than 4096 characters.",
  ]);
});

/** What the server says to these bytes, until it hangs up. */
async function say(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (chunk) => (answer += chunk));
  socket.on("error", () => undefined);
  socket.write(text);
  await once(socket, "close");
  return answer;
}

test.for([
  { what: "no HTTP", text: "\u0016\u0003\u0001 hello\r\n\r\n", status: 400 },
  {
    what: "ten thousand labels",
    text: `GET /v1/events?${"label=person&".repeat(10_000)} HTTP/1.1\r\n\r\n`,
    status: 431,
  },
  {
    what: "a foreign whole address",
    text: "GET http://evil.example/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    status: 400,
  },
  {
    what: "a backslash",
    text: "GET /v1\\events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    status: 404,
  },
  { what: "no Host", text: "GET /v1/events HTTP/1.0\r\n\r\n", status: 421 },
  {
    what: "two Hosts",
    text: "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    status: [200, 400],
  },
  {
    what: "smuggling",
    text: "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    status: 400,
  },
  {
    what: "a body",
    text: "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc",
    status: 200,
  },
])("on a bare socket: $what", async ({ text, status }) => {
  const { url } = await servedApp();
  const answer = await say(url, text);
  expect([status].flat()).toContain(Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]));
});

test("a request that never ends is ended", async () => {
  const { url } = await servedApp({ limits: { request_ms_max: 100 } });
  expect(await say(url, "GET /v1/events HTTP/1.1\r\nHost: localhost\r\n")).toMatch(/^HTTP\/1\.1 408 /);
});
