import { PASSWORD } from "@yardline/identity/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";

async function doors() {
  const people = await testIdentity();
  const clock = handClock(NOON_MS);
  const app = await testApp({ identity: people.identity, clock });
  const post = (url: string, payload: object, headers = {}) =>
    app.inject({ method: "POST", url, payload, headers });
  const signIn = (login: string, password = PASSWORD) => post("/v1/session", { login, password });
  const cookieOf = ({ headers }: { headers: Record<string, unknown> }) =>
    String(headers["set-cookie"]).split(";")[0];
  return { ...people, app, clock, post, signIn, cookieOf };
}

test("signing in gives a cookie that scripts and other sites cannot use, and says what one may", async () => {
  const { app, signIn, cookieOf } = await doors();
  const answer = await signIn("yard-only");
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({
    doors: "accounts",
    set_up: false,
    login: "yard-only",
    name: "yard-only",
    has_totp: false,
    rights: ["live", "archive", "export", "transit", "dispatch"],
  });
  expect(answer.headers["set-cookie"]).toMatch(
    /^yardline-session=[\w.-]{53}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=86400$/,
  );
  const cookie = cookieOf(answer) ?? "";
  const who = await app.inject({ url: "/v1/session", headers: { cookie: `other=1; ${cookie}; more=2` } });
  expect(who.json()).toMatchObject({ login: "yard-only" });
  expect((await app.inject("/v1/session")).json()).toEqual({ doors: "accounts", set_up: false, rights: [] });
});

test("signing out ends the session, wherever its cookie was copied to", async () => {
  const { app, signIn, cookieOf } = await doors();
  const cookie = cookieOf(await signIn("planner")) ?? "";
  const out = await app.inject({ method: "DELETE", url: "/v1/session", headers: { cookie } });
  expect(out.statusCode).toBe(204);
  expect(out.headers["set-cookie"]).toMatch(/^yardline-session=; .*Max-Age=0$/);
  expect((await app.inject({ url: "/v1/events", headers: { cookie } })).statusCode).toBe(401);
});

test("a changed role is in force at the next request", async () => {
  const { app, identity, signIn, cookieOf } = await doors();
  const cookie = cookieOf(await signIn("planner")) ?? "";
  const status = async () => (await app.inject({ url: "/v1/events", headers: { cookie } })).statusCode;
  expect(await status()).toBe(200);
  await identity.accounts.change("planner", { grants: [] });
  expect(await status()).toBe(401);
});

test("guessing waits, before anything is computed; the right password waits with it, then works", async () => {
  const { clock, signIn } = await doors();
  for (let guess = 0; guess < 5; guess++) {
    const answer = await signIn("planner", "nothing of the kind");
    expect(answer.json()).toMatchObject({ type: "urn:yardline:problem:login-wrong", status: 401 });
  }
  const waits = await signIn("planner");
  expect(waits.json()).toMatchObject({ type: "urn:yardline:problem:login-wait", status: 429 });
  expect(waits.headers["retry-after"]).toBe("1");
  clock.advance(1_000);
  expect((await signIn("planner")).statusCode).toBe(200);
});

test("a token of a program does what it was made for, and nothing in a cookie", async () => {
  const { app, identity } = await doors();
  const wish = { login: "dispatcher", what_for: "statistics", expires_ms: NOON_MS + 1_000 };
  const token = await identity.tokens.make({ ...wish, rights: ["transit"] }, NOON_MS);
  const ask = async (url: string, headers: object) =>
    (await app.inject({ url, headers: { ...headers } })).statusCode;
  expect(await ask("/v1/events", { authorization: `Bearer ${token}` })).toBe(200);
  expect(await ask("/v1/cameras", { authorization: `Bearer ${token}` })).toBe(403);
  expect(await ask("/v1/events", { cookie: `yardline-session=${token}` })).toBe(401);
  for (const authorization of ["Bearer", "Bearer x", "Basic YWRtaW46YWRtaW4=", `Bearer ${token}x`]) {
    expect(await ask("/v1/stops", { authorization })).toBe(401);
  }
});

test("the first account is made with what the town printed, and only while there is none", async () => {
  const { identity } = await testIdentity({ empty: true });
  const app = await testApp({ identity });
  const make = (token: string, login = "first") =>
    app.inject({
      method: "POST",
      url: "/v1/set-up",
      payload: { login, name: "Перша", password: PASSWORD, token },
    });
  const isDue = async () => (await app.inject("/v1/session")).json().set_up;
  expect((await make("guess")).json()).toMatchObject({
    status: 403,
    type: "urn:yardline:problem:set-up-wrong",
  });
  expect(await isDue()).toBe(true);
  expect((await make(identity.setUp.token)).statusCode).toBe(204);
  expect(await isDue()).toBe(false);
  expect((await make(identity.setUp.token, "second")).statusCode).toBe(409);
});

test("of the invented town everybody sees everything, and nobody signs in", async () => {
  const app = await testApp();
  expect((await app.inject("/v1/session")).json()).toMatchObject({ doors: "open", set_up: false });
  const payload = { login: "planner", password: PASSWORD };
  expect((await app.inject({ method: "POST", url: "/v1/session", payload })).statusCode).toBe(404);
});

test("another site's page cannot sign anybody in or out", async () => {
  const { app, post } = await doors();
  const headers = { origin: "https://evil.example" };
  expect((await post("/v1/session", { login: "planner", password: PASSWORD }, headers)).statusCode).toBe(403);
  expect((await app.inject({ method: "DELETE", url: "/v1/session", headers })).statusCode).toBe(403);
});
