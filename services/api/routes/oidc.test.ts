import { PASSWORD } from "@yardline/identity/testing";
import { expect, test } from "vitest";
import { sessionCookie } from "../identify.ts";
import { townWithProvider } from "../testing/outside.ts";
import { type Claims, realIssuer } from "../testing/real-issuer.ts";
import { TENANT } from "../testing/scenes.ts";
import { startWalking, type Walker } from "../testing/walker.ts";

/** A town with a real provider that knows these people, and a browser. */
async function town(people: Record<string, Claims>, options: Parameters<typeof townWithProvider>[1] = {}) {
  const provider = await realIssuer(people);
  const served = await townWithProvider(provider, options);
  provider.serve(served.url);
  const begin = `${served.url}/v1/session/oidc`;
  const signIn = (subject: string, walker: Walker = startWalking(), return_to = "/stops") => {
    provider.signsIn(subject);
    return walker.go(`${begin}?return_to=${encodeURIComponent(return_to)}`, ({ origin, pathname }) => {
      return origin === served.url && !pathname.startsWith("/v1/");
    });
  };
  const whoIs = async (walker: Walker) => {
    const headers = { cookie: walker.cookiesOf(served.url) };
    return (await (await fetch(`${served.url}/v1/session`, { headers })).json()) as Record<string, unknown>;
  };
  /** Somebody with a password, signed in. */
  const cookieOf = async (login: string, role: "administrator" | "planner") => {
    const { accounts, sessions } = served.identity;
    await accounts.create(login, { name: login, password: PASSWORD, grants: [{ tenant: TENANT, role }] });
    const person = await accounts.find(login);
    const token = person && (await sessions.begin(person, Date.now()));
    return sessionCookie(token, { protocol: "http" }).split(";")[0] ?? "";
  };
  return { ...served, provider, begin, signIn, whoIs, cookieOf };
}

/** Each signs in several times over a real provider. */
const LONG = { timeout: 120_000 };
const OLHA = { name: "Ольга", preferred_username: "Olha", groups: ["planners", "choir"] };

test(
  "whoever signs in at the provider is in here, with what the settings give their groups",
  LONG,
  async () => {
    const { signIn, whoIs, identity, url } = await town({ s1: OLHA });
    const walker = startWalking();
    const { url: end, cookies } = await signIn("s1", walker, "/events/1?x=y");
    expect(end.href).toBe(`${url}/events/1?x=y`);
    expect(cookies).toEqual([
      "yardline-oidc=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
      expect.stringMatching(
        /^yardline-session=[\w.-]{53}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=86400$/,
      ),
    ]);
    expect(await whoIs(walker)).toMatchObject({
      login: "olha",
      name: "Ольга",
      rights: ["transit"],
      outside: { name: "Directory", is_owner: true, sign_out_url: expect.stringContaining("/session/end") },
    });
    expect(await identity.accounts.find("olha")).toMatchObject({
      grants: [{ tenant: TENANT, role: "planner" }],
    });
  },
);

test(
  "a second sign-in is the same account; a group that is gone takes its rights and every session with it",
  LONG,
  async () => {
    const people: Record<string, Claims> = { s1: OLHA };
    const { signIn, whoIs, identity } = await town(people);
    const [first, second, third] = [startWalking(), startWalking(), startWalking()];
    await signIn("s1", first);
    await signIn("s1", second);
    expect([(await whoIs(first))["login"], (await whoIs(second))["login"]]).toEqual(["olha", "olha"]);
    people["s1"] = { ...OLHA, groups: ["choir"] };
    expect((await signIn("s1", third)).url.hash).toBe("#sign-in-failed=no-grant");
    expect([(await whoIs(first))["login"], (await whoIs(third))["login"]]).toEqual([undefined, undefined]);
    expect(await identity.accounts.find("olha")).toMatchObject({ grants: [] });
  },
);

test("a login that somebody here has already is theirs: the newcomer gets another", LONG, async () => {
  const { signIn, whoIs, identity, cookieOf } = await town({
    s1: { preferred_username: "administrator", groups: ["planners"] },
  });
  await cookieOf("administrator", "administrator");
  const walker = startWalking();
  await signIn("s1", walker);
  expect(await whoIs(walker)).toMatchObject({
    login: expect.stringMatching(/^sso-[a-z0-9]{1,12}$/),
    rights: ["transit"],
  });
  expect(await identity.accounts.find("administrator")).not.toHaveProperty("outside");
});

test(
  "the administrator sees them among the people, locks them out at once, and changes nothing that the provider keeps",
  LONG,
  async () => {
    const { signIn, whoIs, url, cookieOf } = await town({ s1: OLHA });
    const walker = startWalking();
    await signIn("s1", walker);
    const headers = { cookie: await cookieOf("boss", "administrator"), "content-type": "application/json" };
    const patch = (change: object) =>
      fetch(`${url}/v1/people/olha`, { method: "PATCH", headers, body: JSON.stringify(change) });
    expect((await patch({ grants: [] })).status).toBe(409);
    expect((await patch({ password: PASSWORD })).status).toBe(409);
    const locked = await patch({ locked: true });
    expect(await locked.json()).toMatchObject({ login: "olha", outside: true, locked: true });
    expect(await whoIs(walker)).not.toHaveProperty("login");
    expect((await signIn("s1")).url.hash).toBe("#sign-in-failed=locked");
  },
);

test(
  "a way back that was gone once leads nowhere the second time, nor in another browser",
  LONG,
  async () => {
    const { begin, provider, whoIs, url } = await town({ s1: OLHA });
    provider.signsIn("s1");
    const walker = startWalking();
    const isBack = ({ pathname }: URL) => pathname.endsWith("/callback");
    const { url: back } = await walker.go(begin, isBack);
    const cookie = walker.cookiesOf(url);
    const stolen = startWalking();
    const follow = async (by: Walker) =>
      (await by.go(back.href, ({ hash, pathname }) => hash !== "" || pathname === "/")).url.hash;
    expect(await follow(stolen)).toBe("#sign-in-failed=expired");
    expect(await follow(walker)).toBe("");
    expect(await whoIs(walker)).toMatchObject({ login: "olha" });
    // The cookie was forgotten by the browser; whoever copied it has a code that the provider takes once.
    const replayed = await fetch(back, { redirect: "manual", headers: { cookie } });
    expect(replayed.headers.get("location")).toBe("/#sign-in-failed=refused");
    expect(replayed.headers.getSetCookie().join()).not.toContain("yardline-session");
  },
);

test("whoever asks to be sent elsewhere afterwards stays here", LONG, async () => {
  const { signIn, url } = await town({ s1: OLHA });
  for (const return_to of ["//evil.example", "/.//evil.example", "/\\evil.example", "https://evil.example"]) {
    expect((await signIn("s1", startWalking(), return_to)).url.href).toBe(`${url}/`);
  }
});

test(
  "where administrators alone have passwords, the rest sign in at the provider, and the first set-up is as ever",
  LONG,
  async () => {
    const { url, identity, signIn, whoIs } = await town({ s1: OLHA }, { passwords: "administrators" });
    const post = (path: string, body: object) =>
      fetch(url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const walker = startWalking();
    await signIn("s1", walker);
    // She may not give rights to others: the town still waits for somebody who may.
    expect(await whoIs(walker)).toMatchObject({ login: "olha", set_up: true });
    const first = { login: "first", name: "Перша", password: PASSWORD };
    expect((await post("/v1/set-up", { ...first, token: "a guess" })).status).toBe(403);
    expect((await post("/v1/set-up", { ...first, token: identity.setUp.token })).status).toBe(204);
    expect(await whoIs(walker)).toMatchObject({ set_up: false });
    expect((await post("/v1/session", { login: "first", password: PASSWORD })).status).toBe(200);
    await identity.accounts.create("planner", { name: "P", password: PASSWORD, grants: [] });
    const refused = await post("/v1/session", { login: "planner", password: PASSWORD });
    expect(await refused.json()).toMatchObject({ type: "urn:yardline:problem:passwords-off", status: 403 });
  },
);
