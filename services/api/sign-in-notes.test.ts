import { memoryAudit } from "@yardline/audit/testing";
import { AppError } from "@yardline/domain/errors";
import { PASSWORD } from "@yardline/identity/testing";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, test, vi } from "vitest";
import { testApp } from "./testing/app.ts";
import { testIdentity } from "./testing/people.ts";
import { NOON_MS } from "./testing/scenes.ts";

async function doors() {
  const { identity } = await testIdentity();
  const audit = memoryAudit();
  const clock = handClock(NOON_MS);
  const app = await testApp({ identity, audit, clock });
  const signIn = async (login: string, password: string, remoteAddress = "10.0.0.1") =>
    (await app.inject({ method: "POST", url: "/v1/session", remoteAddress, payload: { login, password } }))
      .statusCode;
  const notes = () =>
    audit.entries.map(({ who, object, details, from }) => [who, object.id, from, details?.["refused"]]);
  return { signIn, notes, audit, clock };
}

test("who signs in is written down, and who is refused; a login that there is not may be a password and is not", async () => {
  const { signIn, notes, audit } = await doors();
  expect([
    await signIn("dispatcher", PASSWORD),
    await signIn("dispatcher", "not this one"),
    await signIn("dispatcher", "nor this one"),
    await signIn("my-own-password-9", "dispatcher"),
  ]).toEqual([200, 401, 401, 401]);
  await vi.waitFor(() =>
    expect(notes()).toEqual([
      ["dispatcher", "dispatcher", "10.0.0.1", undefined],
      ["(nobody)", "dispatcher", "10.0.0.1", "LOGIN_WRONG"],
      ["(nobody)", "(unknown)", "10.0.0.1", "LOGIN_WRONG"],
    ]),
  );
  expect(JSON.stringify(audit.entries)).not.toMatch(/my-own|this one/);
});

test("nobody comes in who cannot be written down", async () => {
  const { signIn, audit } = await doors();
  audit.failWith(new AppError("AUDIT_UNAVAILABLE", "The disk is full.", { retryable: true }));
  expect(await signIn("dispatcher", PASSWORD)).toBe(503);
});
