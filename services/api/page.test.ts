import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { servedApp, sharedApp, testApp } from "./testing/app.ts";

let dir = "";
const PAGE = "<!doctype html><title>Town</title>";

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "yardline-page-"));
  await mkdir(join(dir, "dist/assets"), { recursive: true });
  await writeFile(join(dir, "dist/index.html"), PAGE);
  await writeFile(join(dir, "dist/favicon.svg"), "<svg/>");
  await writeFile(join(dir, "dist/assets/index-DkX8s_2a.js"), "1");
  await writeFile(join(dir, "dist/assets/index-DkX8s_2a.js.br"), brotliCompressSync("1"));
  await writeFile(join(dir, "dist/.env"), "canary");
  await writeFile(join(dir, "secret.txt"), "canary");
  await writeFile(join(dir, "distant.txt"), "canary");
});
afterAll(() => rm(dir, { recursive: true, force: true }));
const shared = sharedApp(() => ({ pageDir: join(dir, "dist") }));

const NAVIGATION = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

test.for(["/", "/stops", "/events/abc?x=1", "/cameras"])(
  "a browser that opens %s gets the page",
  async (url) => {
    const app = shared();
    const response = await app.inject({ url, headers: NAVIGATION });
    expect([response.statusCode, response.body]).toEqual([200, PAGE]);
    expect(response.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
    });
  },
);

test.for([
  {
    path: "/assets/index-DkX8s_2a.js",
    caching: "public, max-age=31536000, immutable",
    type: "application/javascript; charset=utf-8",
  },
  { path: "/favicon.svg", caching: "no-cache", type: "image/svg+xml" },
])("$path is kept: $caching", async ({ path, caching, type }) => {
  const app = shared();
  const { headers } = await app.inject(path);
  expect(headers).toMatchObject({ "cache-control": caching, "content-type": type });
  const again = await app.inject({ url: path, headers: { "if-none-match": String(headers.etag) } });
  expect([again.statusCode, again.headers["cache-control"]]).toEqual([304, caching]);
});

test("a browser that unpacks gets the packed form, kept as long", async () => {
  const url = "/assets/index-DkX8s_2a.js";
  const { headers, rawPayload } = await shared().inject({ url, headers: { "accept-encoding": "gzip, br" } });
  expect(headers).toMatchObject({
    "content-encoding": "br",
    "content-type": "application/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
    vary: expect.stringContaining("accept-encoding"),
  });
  expect(String(brotliDecompressSync(rawPayload))).toBe("1");
});

test.for([
  { url: "/v1/nothing", headers: NAVIGATION },
  { url: "/gtfs-realtime/nothing.pb", headers: NAVIGATION },
  { url: "/assets/gone.js", headers: NAVIGATION },
  { url: "/stops/12", headers: { accept: "application/json" } },
  { url: "/healthz/x", headers: NAVIGATION },
])("$url is no page", async ({ url, headers }) => {
  const app = shared();
  const response = await app.inject({ url, headers });
  expect([response.statusCode, response.json().type]).toEqual([404, "urn:yardline:problem:path-unknown"]);
});

test("nothing outside the folder and no hidden file is ever sent", async () => {
  await symlink(join(dir, "secret.txt"), join(dir, "dist/link.txt"));
  const { url } = await servedApp({ pageDir: join(dir, "dist") });
  const paths = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/assets/../../secret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "//secret.txt",
    "/%2fsecret.txt",
    "/./../secret.txt",
    "/../distant.txt",
    "/..tant.txt",
    "/%00/../secret.txt",
    "/.env",
    "/%2eenv",
    "/link.txt",
  ];
  for (const path of paths) {
    for (const accept of ["*/*", "text/html"]) {
      expect(await rawBody(url, path, accept), path).not.toContain("canary");
    }
  }
});

/** Asks for a path as it stands: `fetch` would straighten it first. */
async function rawBody(url: string, path: string, accept: string): Promise<string> {
  const { request } = await import("node:http");
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ port, path, headers: { host: "localhost", accept } }, async (response) => {
      let body = "";
      for await (const chunk of response) body += chunk;
      resolve(body);
    })
      .on("error", reject)
      .end();
  });
}

test.for([undefined, "/nowhere/dist"])(
  "without a built page (%s) a plain one says how to build it",
  async (pageDir) => {
    const app = await testApp(pageDir === undefined ? {} : { pageDir });
    const response = await app.inject({ url: "/stops/12", headers: NAVIGATION });
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain("./yardline start");
  },
);
