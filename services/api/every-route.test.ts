import { expect, test } from "vitest";
import { sharedApp } from "./testing/app.ts";

const shared = sharedApp();
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Every operation of the API, and what is served besides. */
async function addresses(): Promise<
  readonly { readonly method: (typeof METHODS)[number]; readonly url: string }[]
> {
  const { paths } = (await shared().inject("/v1/openapi.json")).json() as {
    paths: Record<string, Record<string, unknown>>;
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.filter((method) => method.toLowerCase() in methods).map((method) => ({
      method,
      url: path.replaceAll(/\{\w+\}/g, "x"),
    })),
  );
  const pages = ["/", "/stops/1", "/docs", "/v1/openapi.json", "/nowhere", "/v1/nowhere", "/%zz"];
  return [...operations, ...pages.map((url) => ({ method: "GET" as const, url }))];
}

const POLICY =
  /^default-src 'self'; .*object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/;
/** A page that is also kept and opened as a file holds its own script and style, and loads nothing. */
const VERIFIER = "/v1/evidence/verifier";
const ALONE =
  /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/;

/** A stream never ends by itself: what it begins with is enough. */
const isStream = (url: string) => url.includes("stream");

test("every answer of every address is hardened, and lets no other site read", {
  timeout: 60_000,
}, async () => {
  const all = await addresses();
  expect(all.length).toBeGreaterThan(60);
  for (const { method, url } of all.filter((each) => !isStream(each.url))) {
    const { headers } = await shared().inject({ method, url, headers: { accept: "text/html" } });
    expect([method, url, headers], `${method} ${url}`).toEqual([
      method,
      url,
      expect.objectContaining({
        "content-security-policy": expect.stringMatching(url === VERIFIER ? ALONE : POLICY),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "permissions-policy": expect.stringContaining("camera=(), microphone=()"),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      }),
    ]);
    // No inline script or style, nothing from anybody else, and no word about who may read across sites.
    expect(String(headers["content-security-policy"])).not.toMatch(/unsafe|https?:|\*|nonce|hash/);
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(headers).not.toHaveProperty("strict-transport-security");
  }
});

test.for<[string, Record<string, string>]>([
  ["another site's page", { origin: "https://evil.example" }],
  ["a page without an address", { origin: "null" }],
  ["another port of this machine", { origin: "http://localhost:3000" }],
  ["what another site embeds", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
])("no address answers to %s", { timeout: 60_000 }, async ([, headers]) => {
  for (const { method, url } of await addresses()) {
    if (url === "/%zz") continue;
    const answer = await shared().inject({ method, url, headers });
    expect([method, url, answer.statusCode, answer.headers["set-cookie"]]).toEqual([
      method,
      url,
      403,
      undefined,
    ]);
  }
});

test("no link or form of another site changes anything", { timeout: 60_000 }, async () => {
  for (const site of ["cross-site", "same-site"]) {
    const headers = { "sec-fetch-site": site, "sec-fetch-mode": "navigate" };
    for (const { method, url } of await addresses()) {
      if (method === "GET") continue;
      expect([method, url, (await shared().inject({ method, url, headers })).statusCode]).toEqual([
        method,
        url,
        403,
      ]);
    }
  }
});

test("nobody is told that other sites may ask (preflight)", { timeout: 60_000 }, async () => {
  const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
  for (const { url } of await addresses()) {
    const answer = await shared().inject({ method: "OPTIONS", url, headers });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
});
