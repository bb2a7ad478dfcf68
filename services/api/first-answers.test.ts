import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedApp, testApp } from "./testing/app.ts";
import { TRANSIT } from "./testing/scenes.ts";

const HOSTILE_NAME = `</script><script>alert("1")</script><!-- $& "Ринок"`;
const transit = {
  ...TRANSIT,
  listStops: () => TRANSIT.listStops().map((each) => ({ ...each, stop_name: HOSTILE_NAME })),
};
const push = { public_key: "BKey", isPushAddress: () => false };

let pageDir = "";
beforeAll(async () => {
  pageDir = await mkdtemp(join(tmpdir(), "yardline-page-"));
  await writeFile(join(pageDir, "index.html"), "<body><div></div></body>");
});
afterAll(() => rm(pageDir, { recursive: true, force: true }));
const shared = sharedApp(() => ({ pageDir, transit, push }));

const NAVIGATION = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

/** What stands in a page between its own parts. */
const answersIn = (page: string) =>
  JSON.parse(
    /^<body><div><\/div><script type="application\/json" id="first-answers">([^<]*)<\/script><\/body>$/.exec(
      page,
    )?.[1] ?? "nothing",
  );

test.for([
  { url: "/stops/market?from=qr", stop: "market" },
  { url: "/board/market", stop: "market" },
  {
    url: "/stops/%D0%B2%D0%BE%D0%BA%D0%B7%D0%B0%D0%BB%2F1",
    stop: "%D0%B2%D0%BE%D0%BA%D0%B7%D0%B0%D0%BB%2F1",
  },
])(
  "$url brings what it would ask first, as the doors answer it, and is kept by nobody",
  async ({ url, stop }) => {
    const app = shared();
    const { headers, body } = await app.inject({ url, headers: NAVIGATION });
    const of = async (path: string) => (await app.inject(path)).json();
    expect(answersIn(body)).toEqual({
      town: await of("/v1/town"),
      arrivals: await of(`/v1/stops/${stop}/arrivals`),
      push_key: { public_key: "BKey" },
    });
    expect(answersIn(body).arrivals.stop.stop_name).toBe(HOSTILE_NAME);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      vary: "accept-encoding",
    });
  },
);

test("a browser that unpacks gets it packed", async () => {
  const { headers, rawPayload } = await shared().inject({
    url: "/stops/market",
    headers: { ...NAVIGATION, "accept-encoding": "gzip, deflate" },
  });
  expect(headers["content-encoding"]).toBe("gzip");
  expect(Object.keys(answersIn(String(gunzipSync(rawPayload))))).toEqual(["town", "arrivals", "push_key"]);
});

test("the doors are asked as by anybody from there: no cookie goes with it, and what they refuse is left out", async () => {
  const app = await testApp({ pageDir });
  const asked: string[] = [];
  app.addHook("onResponse", async ({ url, headers, ip }, { statusCode }) => {
    if (url.startsWith("/v1/")) asked.push(`${url} ${ip} ${headers.cookie ?? "unknown"}: ${statusCode}`);
  });
  const headers = { ...NAVIGATION, cookie: "yardline-session=canary" };
  const page = await app.inject({ url: "/stops/nowhere", headers, remoteAddress: "192.0.2.7" });
  expect([page.statusCode, Object.keys(answersIn(page.body))]).toEqual([200, ["town"]]);
  expect(asked.sort()).toEqual([
    "/v1/push-key 192.0.2.7 unknown: 404",
    "/v1/stops/nowhere/arrivals 192.0.2.7 unknown: 404",
    "/v1/town 192.0.2.7 unknown: 200",
  ]);
});
