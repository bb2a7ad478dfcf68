import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { AppError } from "@yardline/domain/errors";
import { expect, onTestFinished, test } from "vitest";
import { type FeedRequest, fetchFeed } from "./fetch-feed.ts";

const KEY = "cAnary-key-77";

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/feed?key=${KEY}`);
}

const ask = (url: URL, more: Partial<FeedRequest> = {}) =>
  fetchFeed({ url, trust: {}, bytes_max: 1_000, signal: new AbortController().signal, ...more });

/** What came of it, and that nobody who reads it learns a key or an address. */
async function told(url: URL, more?: Partial<FeedRequest>): Promise<unknown> {
  try {
    const answer = await ask(url, more);
    if (answer === "unchanged") return answer;
    if ("bytes" in answer) return Buffer.from(answer.bytes).toString();
    return [answer.refused.message, answer.wait_ms];
  } catch (failure) {
    expect(inspect(failure, { depth: 9 })).not.toMatch(/cAnary|127\.0\.0\.1/);
    return failure instanceof AppError ? failure.code : failure;
  }
}

test("an answer is known by its validators, and the next one that is the same costs nothing", async () => {
  const asked: unknown[] = [];
  const url = await serve(({ headers }, response) => {
    const { "if-none-match": etag, "if-modified-since": since, "x-key": key } = headers;
    asked.push([etag, since, key]);
    if (etag === '"v1"') response.writeHead(304).end();
    else
      response.writeHead(200, { etag: '"v1"', "last-modified": "Mon, 30 Nov 2026 09:00:00 GMT" }).end("one");
  });
  const headers = { "x-key": KEY };
  const first = await ask(url, { headers });
  const known_by = { etag: '"v1"', last_modified: "Mon, 30 Nov 2026 09:00:00 GMT" };
  expect(first).toEqual({ bytes: Buffer.from("one"), known_by });
  expect(await ask(url, { headers, known_by })).toBe("unchanged");
  expect(asked).toEqual([
    [undefined, undefined, KEY],
    ['"v1"', "Mon, 30 Nov 2026 09:00:00 GMT", KEY],
  ]);
});

test("gzip is unpacked; a bomb, a broken one and another packing cost an error each", async () => {
  const bodies: Record<string, [string, Buffer]> = {
    "/whole": ["gzip", gzipSync("packed")],
    "/bomb": ["gzip", gzipSync(Buffer.alloc(50_000_000))],
    "/half": ["gzip", gzipSync("x".repeat(5_000)).subarray(0, 20)],
    "/brotli": ["br", Buffer.from("?")],
  };
  const url = await serve(({ url: path = "" }, response) => {
    const [encoding, body] = bodies[path] ?? ["identity", Buffer.from("none")];
    response.writeHead(200, { "content-encoding": encoding }).end(body);
  });
  const each = Object.keys(bodies).map((path) => told(new URL(path, url), { bytes_max: 60_000 }));
  expect(await Promise.all(each)).toEqual(["packed", "FEED_TOO_MUCH", "FEED_BROKEN", "FEED_BROKEN"]);
});

test("what a server refuses is told, and for how long it asks us to wait", async () => {
  const url = await serve(({ url: path = "" }, response) => {
    const status = Number(path.slice(1, 4));
    response
      .writeHead(status, path.endsWith("w") ? { "retry-after": "40" } : {})
      .end("<b>page</b>".repeat(1000));
  });
  const each = ["500", "503w", "401", "204"].map((path) => told(new URL(`/${path}`, url)));
  expect(await Promise.all(each)).toEqual([
    ["The feed answers with 500", 0],
    ["The feed answers with 503", 40_000],
    ["The feed answers with 401 (who we are is not accepted)", 0],
    ["The feed answers with 204", 0],
  ]);
});

test("a redirect is followed on the same host, and never to an address inside", async () => {
  const url = await serve(({ url: path = "" }, response) => {
    const to: Record<string, string> = {
      "/moved": "/new",
      "/cloud": "http://169.254.169.254/latest/meta-data/",
      "/inside": "http://10.0.0.1/admin",
      "/loop": "/loop",
    };
    if (to[path]) response.writeHead(302, { location: to[path] }).end();
    else response.end("new");
  });
  const each = ["moved", "cloud", "inside", "loop"].map((path) => told(new URL(`/${path}`, url)));
  expect(await Promise.all(each)).toEqual([
    "new",
    "ADDRESS_FORBIDDEN",
    "ADDRESS_FORBIDDEN",
    "DEVICE_UNREACHABLE",
  ]);
  expect(await told(new URL("http://169.254.169.254/"))).toBe("ADDRESS_FORBIDDEN");
});

test("a body without end, one that trickles for ever and one that breaks off cost an error each", async () => {
  const trickling = (every_ms: number, piece: string): RequestListener => {
    return (_request, response) => {
      const more = setInterval(() => response.write(piece), every_ms);
      response.on("close", () => clearInterval(more));
    };
  };
  const [endless, slow, short] = await Promise.all([
    serve(trickling(1, "x".repeat(300))),
    serve(trickling(20, "x")),
    serve((_request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half");
      setTimeout(() => response.destroy(), 20);
    }),
  ]);
  const each = [told(endless), told(slow, { fetch_ms_max: 300 }), told(short)];
  expect(await Promise.all(each)).toEqual(["FEED_TOO_MUCH", "FEED_SLOW", "DEVICE_UNREACHABLE"]);
});
