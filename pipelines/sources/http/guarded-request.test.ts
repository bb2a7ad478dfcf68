import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { AppError } from "@yardline/domain/errors";
import { expect, onTestFinished, test } from "vitest";
import { guardedRequest, readBody } from "./guarded-request.ts";

const BODY_BYTES_MAX = 1_000;
const canary = { username: "operator", password: "cAnary-77" };

async function serve(answer: RequestListener): Promise<URL> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}

async function ask(url: URL, namedBy: "town" | "network" = "town"): Promise<string> {
  const answer = await guardedRequest({ url, namedBy, credentials: canary });
  return `${answer.statusCode} ${await readBody(answer, BODY_BYTES_MAX)}`;
}

const failure = (url: URL, namedBy: "town" | "network" = "town") =>
  ask(url, namedBy).then(
    (text) => text,
    (thrown: unknown) => {
      expect(inspect(thrown, { depth: 9 })).not.toMatch(/cAnary|127\.0\.0\.1/);
      return thrown instanceof AppError ? thrown.code : thrown;
    },
  );

const md5 = (...parts: string[]) => createHash("md5").update(parts.join(":")).digest("hex");

test("a challenge is answered, and the password itself is not sent", async () => {
  const seen: string[] = [];
  const url = await serve(({ headers, url: path }, response) => {
    const given = headers.authorization ?? "";
    seen.push(given);
    const [, cnonce = ""] = /cnonce="(\w+)"/.exec(given) ?? [];
    const who = md5("operator", "cam", canary.password);
    const expected = md5(who, "n1", "00000001", cnonce, "auth", md5("GET", path ?? ""));
    if (given.includes(`response="${expected}"`)) response.end("in");
    else response.writeHead(401, { "www-authenticate": 'Digest realm="cam", qop="auth", nonce="n1"' }).end();
  });
  expect(await ask(new URL("still.jpg?x=1", url))).toBe("200 in");
  expect(seen).toHaveLength(2);
  expect(seen.join()).not.toContain(canary.password);
});

test("a password that is not taken is tried once", async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked++;
    response.writeHead(401, { "www-authenticate": "Basic realm=cam" }).end("no");
  });
  expect([await ask(url), asked]).toEqual(["401 no", 2]);
});

test("a redirect is followed on the same host, not to another one, and not for ever", async () => {
  const url = await serve(({ url: path = "" }, response) => {
    const to: Record<string, string> = {
      "/a": "/b",
      "/away": "http://10.9.9.9/",
      "/cloud": "http://169.254.169.254/",
      "/file": "file:///etc/passwd",
      "/loop": "/loop",
    };
    if (to[path]) response.writeHead(302, { location: to[path] }).end();
    else response.end(path);
  });
  const answers = ["a", "away", "cloud", "file", "loop"].map((path) => failure(new URL(path, url)));
  expect(await Promise.all(answers)).toEqual([
    "200 /b",
    "ADDRESS_FORBIDDEN",
    "ADDRESS_FORBIDDEN",
    "ADDRESS_FORBIDDEN",
    "DEVICE_UNREACHABLE",
  ]);
});

test("where redirects elsewhere are followed they lead over https to the internet, never inside", async () => {
  const url = await serve(({ url: path = "" }, response) => {
    const to = `${path.slice(1)}/`;
    response.writeHead(302, { location: to }).end();
  });
  const places = ["http://example.org", "https://10.9.9.9", "https://127.0.0.1", "https://[fd00:ec2::254]"];
  for (const place of places) {
    // This machine is the host that it was sent to, by another port.
    const asked = guardedRequest({ url: new URL(`/${place}`, url), namedBy: "town", elsewhere: true });
    await expect(asked).rejects.toMatchObject({
      code: place.includes("127.") ? "DEVICE_UNREACHABLE" : "ADDRESS_FORBIDDEN",
    });
  }
});

test("this machine is reached only where the town's own file names it", async () => {
  let asked = 0;
  const url = await serve((_request, response) => {
    asked++;
    response.end("yes");
  });
  expect([await failure(url, "network"), asked]).toEqual(["ADDRESS_FORBIDDEN", 0]);
  expect(await ask(url)).toBe("200 yes");
});

test("a closed port, a body without end and one that breaks off cost an error each", async () => {
  const endless = await serve((_request, response) => {
    const more = setInterval(() => response.write("x".repeat(200)), 1);
    response.on("close", () => clearInterval(more));
  });
  const short = await serve((_request, response) => {
    response.writeHead(200, { "content-length": 100 });
    response.write("half");
    setTimeout(() => response.destroy(), 20);
  });
  const codes = [new URL("http://127.0.0.1:9/"), endless, short].map((url) => failure(url));
  expect(await Promise.all(codes)).toEqual(["DEVICE_UNREACHABLE", "DEVICE_TOO_MUCH", "DEVICE_UNREACHABLE"]);
});
