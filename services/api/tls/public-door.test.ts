import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { PASSWORD } from "@yardline/identity/testing";
import { expect, onTestFinished, test } from "vitest";
import { servedApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { readPair } from "./certificate.ts";
import { openPublicDoor } from "./public-door.ts";
import { selfSigned } from "./testing/certificates.ts";

async function street() {
  const made = await selfSigned("town.example");
  const { identity } = await testIdentity({ empty: true });
  const { app, url: loopback } = await servedApp({ identity, public_name: "town.example" });
  const challenges = new Map([["token-1", "token-1.proof"]]);
  const door = await openPublicDoor(app, {
    ...{ name: "town.example", host: "127.0.0.1", port: 0, http_port: 0, challenges },
  });
  onTestFinished(() => door.close());
  const open = () => door.use(readPair(made.cert, made.key, "town.example"));
  const ask = async (
    path: string,
    {
      host = "town.example",
      headers = {},
      method = "GET",
      body,
    }: { host?: string; headers?: object; method?: string; body?: string } = {},
  ) => {
    const sent = request({
      ...{ host: "127.0.0.1", port: door.port(), path, method, servername: "town.example", ca: made.cert },
      ...{ headers: { host, ...headers }, agent: false },
    }).end(body);
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  };
  const plain = async (path: string, host = "town.example") => {
    const [answer] = (await once(
      get({ host: "127.0.0.1", port: door.http_port, path, headers: { host } }),
      "response",
    )) as [IncomingMessage];
    return { status: answer.statusCode, location: answer.headers.location, body: await text(answer) };
  };
  return { door, open, ask, plain, loopback, identity };
}

test("the session's cookie is this host's alone and goes over TLS alone", async () => {
  const { open, ask, loopback, identity } = await street();
  await identity.accounts.create("planner", { name: "P", password: PASSWORD, grants: [] });
  await open();
  const body = JSON.stringify({ login: "planner", password: PASSWORD });
  const headers = { "content-type": "application/json", origin: "https://town.example" };
  const answer = await ask("/v1/session", { method: "POST", headers, body });
  const [cookie = ""] = answer.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(
    /^__Host-yardline-session=[\w.-]{53}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=86400; Secure$/,
  );
  const [pair = ""] = cookie.split(";");
  const whoIs = async (sent: string) =>
    JSON.parse((await ask("/v1/session", { headers: { cookie: sent } })).body).login;
  expect([await whoIs(pair), await whoIs(pair.replace("__Host-", ""))]).toEqual(["planner", undefined]);
  // The door on loopback knows neither that name nor that cookie.
  const near = await fetch(`${loopback}/v1/session`, { headers: { cookie: pair } });
  expect([await near.json(), near.headers.get("strict-transport-security")]).toEqual([
    expect.not.objectContaining({ login: "planner" }),
    null,
  ]);
});

test("over TLS it answers to its public name alone", async () => {
  const { open, ask } = await street();
  await open();
  const hosts = ["localhost", "127.0.0.1", "evil.example", "town.example.evil.example", "xtown.example", ""];
  for (const host of hosts) expect([host, (await ask("/v1/session", { host })).status]).toEqual([host, 421]);
  expect((await ask("/v1/session", { host: "TOWN.example:443" })).status).toBe(200);
});

test("pages of other sites change nothing, a sister site's neither", async () => {
  const { open, ask } = await street();
  await open();
  const out = (headers: object) =>
    ask("/v1/session", { method: "DELETE", headers }).then(({ status }) => status);
  expect(await out({ origin: "https://www.town.example" })).toBe(403);
  expect(await out({ origin: "http://town.example" })).toBe(403);
  expect(await out({ "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate" })).toBe(403);
  expect(await out({ origin: "https://town.example", "sec-fetch-site": "same-origin" })).toBe(204);
});

test("plain HTTP sends browsers on, answers authorities, and serves nothing", async () => {
  const { door, open, plain } = await street();
  expect((await plain("/stops")).status).toBe(503);
  await open();
  const to = (path: string) => ({
    status: 308,
    location: `https://town.example:${door.port()}${path}`,
    body: "",
  });
  expect(await plain("/stops/1?x=y")).toEqual(to("/stops/1?x=y"));
  expect(await plain("//evil.example")).toEqual(to("//evil.example"));
  expect(await plain("/v1/session")).toEqual(to("/v1/session"));
  expect((await plain("/stops", "evil.example")).status).toBe(421);
  expect(await plain("/.well-known/acme-challenge/token-1", "anything")).toMatchObject({
    status: 200,
    body: "token-1.proof",
  });
  expect((await plain("/.well-known/acme-challenge/token-2")).status).toBe(308);
});

test("nothing older than TLS 1.2 is spoken", { timeout: 120_000 }, async () => {
  const { door, open } = await street();
  await open();
  const speak = async (maxVersion: "TLSv1.1" | "TLSv1.2" | "TLSv1.3") => {
    const options = { host: "127.0.0.1", port: door.port() ?? 0, rejectUnauthorized: false };
    const socket = connect({ ...options, minVersion: "TLSv1", maxVersion, ciphers: "DEFAULT@SECLEVEL=0" });
    const spoken = once(socket, "secureConnect").then(
      () => socket.getProtocol(),
      () => "refused",
    );
    return spoken.finally(() => socket.destroy());
  };
  expect([await speak("TLSv1.1"), await speak("TLSv1.2"), await speak("TLSv1.3")]).toEqual([
    "refused",
    "TLSv1.2",
    "TLSv1.3",
  ]);
});
