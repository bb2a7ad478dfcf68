import { expect, test } from "vitest";
import { CLIENT, type HostileIssuer, hostileIssuer } from "../testing/hostile-issuer.ts";
import { townWithProvider } from "../testing/outside.ts";

/** A town that believes a hostile provider, and a browser of it that has begun to sign in. */
async function begun() {
  const issuer = await hostileIssuer();
  const town = await townWithProvider({ issuer: issuer.issuer, client_id: CLIENT, secret: "known to both" });
  const start = async () => {
    const answer = await town.app.inject("/v1/session/oidc");
    const { searchParams: asked } = new URL(answer.headers.location ?? "", town.url);
    const [cookie = ""] = String(answer.headers["set-cookie"]).split(";");
    return { asked, cookie, state: asked.get("state") ?? "", nonce: asked.get("nonce") ?? "" };
  };
  const comeBack = async (query: Record<string, string>, cookie: string, headers = {}) => {
    const url = `/v1/session/oidc/callback?${new URLSearchParams(query)}`;
    const answer = await town.app.inject({ url, headers: { cookie, ...headers } });
    const isIn = [answer.headers["set-cookie"]]
      .flat()
      .some((each) => /^yardline-session=\w/.test(each ?? ""));
    return `${answer.headers.location}${isIn ? " in" : ""}`;
  };
  return { issuer, start, comeBack };
}

test("the browser is sent with a challenge, a state and a nonce, each new, and its secrets stay here", async () => {
  const { start } = await begun();
  const [one, other] = [await start(), await start()];
  expect(Object.fromEntries(one.asked)).toEqual({
    client_id: CLIENT,
    redirect_uri: expect.stringMatching(/^http:\/\/localhost:80\/v1\/session\/oidc\/callback$/),
    response_type: "code",
    scope: "openid profile groups",
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: "S256",
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
  });
  for (const name of ["state", "nonce", "code_challenge"]) {
    expect(one.asked.get(name)).not.toBe(other.asked.get(name));
  }
});

type Crafted = (issuer: HostileIssuer, nonce: string) => Promise<string>;
const now_s = () => Math.floor(Date.now() / 1_000);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const TOKENS: readonly (readonly [what: string, craft: Crafted, outcome: string])[] = [
  ["a good token", (issuer, nonce) => issuer.sign({ nonce }), "/ in"],
  ["a clock that is half a minute off", (issuer, nonce) => issuer.sign({ nonce, exp: now_s() - 30 }), "/ in"],
  [
    "no signature (alg none)",
    async (issuer, nonce) => {
      const [, payload] = (await issuer.sign({ nonce })).split(".");
      return `${encoded({ alg: "none" })}.${payload}.`;
    },
    "refused",
  ],
  [
    "a signature cut off",
    async (issuer, nonce) => `${(await issuer.sign({ nonce })).split(".").slice(0, 2).join(".")}.`,
    "refused",
  ],
  [
    "signed by what both know (HS256)",
    (issuer, nonce) => issuer.sign({ nonce }, { alg: "HS256", key: Buffer.from("known to both") }),
    "refused",
  ],
  [
    "signed by the public key as if it were a secret (HS256)",
    async (issuer, nonce) => {
      const keys = await (await fetch(`${issuer.issuer}/jwks`)).text();
      return issuer.sign({ nonce }, { alg: "HS256", key: Buffer.from(keys) });
    },
    "refused",
  ],
  [
    "another key's signature",
    async (issuer, nonce) => (await hostileIssuer()).sign({ nonce, iss: issuer.issuer }),
    "refused",
  ],
  [
    "another payload under a good signature",
    async (issuer, nonce) => {
      const [head, payload = "", signature] = (await issuer.sign({ nonce })).split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
      return `${head}.${encoded({ ...claims, groups: ["it"] })}.${signature}`;
    },
    "refused",
  ],
  ["made for somebody else", (issuer, nonce) => issuer.sign({ nonce, aud: "another" }), "refused"],
  [
    "made for two, by somebody else",
    (issuer, nonce) => issuer.sign({ nonce, aud: [CLIENT, "x"], azp: "x" }),
    "refused",
  ],
  ["another issuer's", (issuer, nonce) => issuer.sign({ nonce, iss: "https://evil.example" }), "refused"],
  ["over", (issuer, nonce) => issuer.sign({ nonce, iat: now_s() - 900, exp: now_s() - 300 }), "refused"],
  ["without an end", (issuer, nonce) => issuer.sign({ nonce, exp: undefined }), "refused"],
  ["not begun", (issuer, nonce) => issuer.sign({ nonce, nbf: now_s() + 300 }), "refused"],
  ["another sign-in's nonce", (issuer) => issuer.sign({ nonce: "n".repeat(43) }), "refused"],
  ["without a nonce", (issuer) => issuer.sign({}), "refused"],
  ["without a subject", (issuer, nonce) => issuer.sign({ nonce, sub: undefined }), "refused"],
  ["groups that nobody mapped", (issuer, nonce) => issuer.sign({ nonce, groups: ["root"] }), "no-grant"],
  ["no token at all", async () => "", "refused"],
];

test("tokens that are not what was asked for let nobody in", { timeout: 120_000 }, async () => {
  const { issuer, start, comeBack } = await begun();
  const found: [string, string][] = [];
  for (const [what, craft] of TOKENS) {
    const { cookie, state, nonce } = await start();
    issuer.answerWith(await craft(issuer, nonce));
    found.push([what, (await comeBack({ code: "c", state }, cookie)).replace("/#sign-in-failed=", "")]);
  }
  expect(found).toEqual(TOKENS.map(([what, , outcome]) => [what, outcome]));
});

test("whoever comes back must have gone out from here: state and cookie belong together", async () => {
  const { issuer, start, comeBack } = await begun();
  const [mine, theirs] = [await start(), await start()];
  issuer.answerWith(await issuer.sign({ nonce: mine.nonce }));
  const asked = issuer.asked.length;
  const failed = (why: string) => `/#sign-in-failed=${why}`;
  // Signing a victim in as the attacker: the attacker's way back in a browser that never went out, or on another errand.
  expect(await comeBack({ code: "c", state: mine.state }, "")).toBe(failed("expired"));
  expect(await comeBack({ code: "c", state: mine.state }, theirs.cookie)).toBe(failed("refused"));
  expect(await comeBack({ code: "c", state: "s".repeat(43) }, mine.cookie)).toBe(failed("refused"));
  expect(await comeBack({ code: "c" }, mine.cookie)).toBe(failed("refused"));
  expect(await comeBack({ state: mine.state }, mine.cookie)).toBe(failed("refused"));
  expect(await comeBack({ error: "access_denied", state: mine.state }, mine.cookie)).toBe(failed("refused"));
  expect(await comeBack({ code: "c", state: mine.state, iss: "https://evil.example" }, mine.cookie)).toBe(
    failed("refused"),
  );
  // None of them was worth a question to the provider.
  expect(issuer.asked.slice(asked).filter((path) => path === "/token")).toEqual([]);
  const embedded = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
  expect(await comeBack({ code: "c", state: mine.state }, mine.cookie, embedded)).toBe("undefined");
  const linked = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  expect(await comeBack({ code: "c", state: mine.state }, mine.cookie, linked)).toBe("/ in");
});

test.for([
  ["the token is elsewhere in plain text", { token_endpoint: "http://evil.example/token" }],
  ["the token is on this machine", { token_endpoint: "https://127.0.0.1:1/token" }],
  ["the token is in the town's network", { token_endpoint: "https://10.0.0.9/token" }],
  ["the token is where clouds keep theirs", { token_endpoint: "https://169.254.169.254/token" }],
  ["keys are in the town's network", { jwks_uri: "https://192.168.0.9/keys" }],
] as const)("a provider that leads astray: %s", async ([, over]) => {
  const { issuer, start, comeBack } = await begun();
  issuer.describe(over);
  const { cookie, state, nonce } = await start();
  issuer.answerWith(await issuer.sign({ nonce }));
  expect(await comeBack({ code: "c", state }, cookie)).toMatch(/^\/#sign-in-failed=(unavailable|refused)$/);
});

test("a redirect of the provider is not followed", { timeout: 120_000 }, async () => {
  const { issuer, start, comeBack } = await begun();
  const { cookie, state } = await start();
  issuer.answerBy((response) => response.writeHead(307, { location: `${issuer.issuer}/elsewhere` }).end());
  expect(await comeBack({ code: "c", state }, cookie)).toMatch(/^\/#sign-in-failed=(unavailable|refused)$/);
  expect(issuer.asked).not.toContain("/elsewhere");
});

test.for([
  ["another issuer's description", { issuer: "https://evil.example" }],
  ["a megabyte of it", { filling: "x".repeat(1_000_000) }],
])("nobody is sent anywhere by %s", async ([, over]) => {
  const issuer = await hostileIssuer();
  issuer.describe(over as Record<string, unknown>);
  const { url } = await townWithProvider({ issuer: issuer.issuer, client_id: CLIENT });
  const answer = await fetch(`${url}/v1/session/oidc`, { redirect: "manual" });
  expect(answer.headers.get("location")).toBe("/#sign-in-failed=unavailable");
});

test("a provider that is down keeps nobody with a password out, and is asked again by the next", async () => {
  const { app } = await townWithProvider({ issuer: "http://127.0.0.1:1", client_id: CLIENT });
  for (let times = 0; times < 2; times++) {
    const answer = await app.inject("/v1/session/oidc");
    expect(answer.headers.location).toBe("/#sign-in-failed=unavailable");
  }
  const session = await app.inject("/v1/session");
  expect(session.json()).toMatchObject({ outside: { name: "Directory", is_owner: false } });
});
