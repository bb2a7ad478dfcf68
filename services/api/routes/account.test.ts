import { PASSWORD } from "@yardline/identity/testing";
import { codeOf } from "@yardline/identity/totp";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { NOON_MS } from "../testing/scenes.ts";

const NEW = "another horse battery";

/** Two browsers of one planner, and whoever else. */
async function doors() {
  const people = await testIdentity();
  const clock = handClock(NOON_MS);
  const app = await testApp({ identity: people.identity, clock });
  const browser = async (login: string, password = PASSWORD, code?: string) => {
    const payload = { login, password, ...(code !== undefined && { code }) };
    const answer = await app.inject({ method: "POST", url: "/v1/session", payload });
    return { status: answer.statusCode, cookie: String(answer.headers["set-cookie"]).split(";")[0] ?? "" };
  };
  const ask = (cookie: string, method: "GET" | "PUT" | "POST" | "DELETE", url: string, payload?: object) =>
    app.inject({ method, url, headers: { cookie }, ...(payload && { payload }) });
  const isIn = async (cookie: string) => (await ask(cookie, "GET", "/v1/session")).json().login !== undefined;
  return { ...people, app, clock, browser, ask, isIn };
}

test("a changed password ends every other session, and this browser goes on", async () => {
  const { browser, ask, isIn } = await doors();
  const [here, there] = [await browser("planner"), await browser("planner")];
  const wrong = await ask(here.cookie, "PUT", "/v1/account/password", { old: "a guess of mine", new: NEW });
  expect(wrong.json()).toMatchObject({ status: 401, type: "urn:yardline:problem:login-wrong" });
  expect([await isIn(here.cookie), await isIn(there.cookie)]).toEqual([true, true]);
  const answer = await ask(here.cookie, "PUT", "/v1/account/password", { old: PASSWORD, new: NEW });
  expect(answer.statusCode).toBe(204);
  const renewed = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  expect([await isIn(here.cookie), await isIn(there.cookie), await isIn(renewed)]).toEqual([
    false,
    false,
    true,
  ]);
  expect([(await browser("planner")).status, (await browser("planner", NEW)).status]).toEqual([401, 200]);
});

test("guessing the old password at an open screen waits as guessing at the door does", async () => {
  const { browser, ask } = await doors();
  const { cookie } = await browser("planner");
  const guess = (old: string) => ask(cookie, "PUT", "/v1/account/password", { old, new: NEW });
  for (let tries = 0; tries < 5; tries++) expect((await guess("a guess of mine")).statusCode).toBe(401);
  expect((await guess(PASSWORD)).json()).toMatchObject({ type: "urn:yardline:problem:login-wait" });
});

test("a second factor from being shown to being lost", async () => {
  const { browser, ask, isIn, clock, identity } = await doors();
  const [here, there] = [await browser("planner"), await browser("planner")];
  const offered = await ask(here.cookie, "POST", "/v1/account/totp", { password: PASSWORD });
  const { secret, uri } = offered.json() as { secret: string; uri: string };
  expect(uri).toBe(`otpauth://totp/Demo:planner?secret=${secret}&issuer=Demo`);
  expect((await browser("planner")).status).toBe(200);
  expect((await ask(here.cookie, "PUT", "/v1/account/totp", { code: "000000" })).statusCode).toBe(401);
  const code = codeOf(fromBase32(secret), clock.now_ms());
  const confirmed = await ask(here.cookie, "PUT", "/v1/account/totp", { code });
  const { recovery_codes } = confirmed.json() as { recovery_codes: readonly string[] };
  expect(recovery_codes).toHaveLength(10);
  const renewed = String(confirmed.headers["set-cookie"]).split(";")[0] ?? "";
  expect([await isIn(there.cookie), await isIn(renewed)]).toEqual([false, true]);
  const [lost = ""] = recovery_codes;
  expect((await browser("planner")).status).toBe(401);
  expect((await browser("planner", PASSWORD, lost.toUpperCase())).status).toBe(200);
  expect((await browser("planner", PASSWORD, lost)).status).toBe(401);
  const removed = await ask(renewed, "POST", "/v1/account/totp/removal", { password: PASSWORD });
  expect(removed.statusCode).toBe(204);
  expect(await identity.accounts.find("planner")).toMatchObject({ has_totp: false });
});

test("an administrator takes a lost factor away, signs somebody out, and sets a password; each ends their sessions at once", async () => {
  const { app, browser, isIn, headersOf } = await doors();
  const headers = await headersOf("administrator");
  const patch = (payload: object) =>
    app.inject({ method: "PATCH", url: "/v1/people/planner", payload, headers });
  for (const change of [{ without_totp: true }, { end_sessions: true }, { password: NEW }]) {
    const { cookie } = await browser("planner");
    expect(await isIn(cookie)).toBe(true);
    expect((await patch(change)).statusCode).toBe(200);
    expect(await isIn(cookie)).toBe(false);
  }
  expect((await browser("planner", NEW)).status).toBe(200);
});

test("one's own sessions: seen, and ended one by one; another's are not there", async () => {
  const { browser, ask, isIn } = await doors();
  const [here, there, other] = [
    await browser("planner"),
    await browser("planner"),
    await browser("operator"),
  ];
  const list = async (cookie: string) =>
    (await ask(cookie, "GET", "/v1/account/sessions")).json().sessions as readonly Record<string, unknown>[];
  const mine = await list(here.cookie);
  expect(mine).toHaveLength(2);
  expect(mine.filter(({ current }) => current)).toHaveLength(1);
  expect(mine[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-z]{9}\.[\w-]{43}$/),
    began_at: "2026-11-22T12:00:00.000Z",
    used_at: "2026-11-22T12:00:00.000Z",
    agent: "lightMyRequest",
    current: expect.any(Boolean),
  });
  const [foreign] = await list(other.cookie);
  const end = (id: unknown) => ask(here.cookie, "DELETE", `/v1/account/sessions/${String(id)}`);
  expect((await end(foreign?.["id"])).json()).toMatchObject({ type: "urn:yardline:problem:session-unknown" });
  expect((await end(mine.find(({ current }) => !current)?.["id"])).statusCode).toBe(204);
  expect([await isIn(here.cookie), await isIn(there.cookie), await isIn(other.cookie)]).toEqual([
    true,
    false,
    true,
  ]);
});

test("a program's token changes nothing of its owner's account", async () => {
  const { app, identity } = await doors();
  const wish = { login: "planner", what_for: "x", rights: ["transit" as const], expires_ms: NOON_MS + 1_000 };
  const headers = { authorization: `Bearer ${await identity.tokens.make(wish, NOON_MS)}` };
  const payload = { old: PASSWORD, new: NEW };
  const changed = await app.inject({ method: "PUT", url: "/v1/account/password", payload, headers });
  const listed = await app.inject({ url: "/v1/account/sessions", headers });
  expect([changed.statusCode, listed.statusCode]).toEqual([401, 401]);
});

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
