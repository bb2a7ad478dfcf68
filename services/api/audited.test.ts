import { memoryAudit } from "@yardline/audit/testing";
import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import { testApp } from "./testing/app.ts";
import { fakeDispatch } from "./testing/dispatch.ts";
import { testIdentity } from "./testing/people.ts";
import { CAMERA } from "./testing/scenes.ts";

async function doors() {
  const { identity, headersOf } = await testIdentity();
  const audit = memoryAudit();
  const turned: string[] = [];
  const dispatch = fakeDispatch();
  const app = await testApp({
    ...{ identity, audit, dispatch },
    cameras: {
      listCameras: () => [CAMERA],
      turnTo: async (_, view) => void turned.push(view),
    },
  });
  const ask = async (
    login: string,
    method: "POST" | "PATCH" | "PUT" | "DELETE",
    url: string,
    payload?: object,
  ) =>
    (await app.inject({ method, url, headers: await headersOf(login), ...(payload && { payload }) }))
      .statusCode;
  return { ask, audit, turned, identity, dispatch };
}

const PETRO = { login: "petro", name: "Петро", password: "a secret of petro", grants: [] };

test("who changes people, orders, cameras and what the public sees is written down, without a password", async () => {
  const { ask, audit } = await doors();
  const policy = { policy: { town: { level: "off" } }, by: "x", why: "alarm", seen_revision: 0 };
  expect([
    await ask("administrator", "POST", "/v1/people", PETRO),
    await ask("administrator", "PATCH", "/v1/people/petro", { password: "another secret!", locked: true }),
    await ask("dispatcher", "POST", "/v1/cameras/yard/turn", { view: "gate" }),
    await ask("dispatcher", "POST", "/v1/orders/1/undo", { by: "x", why: "a mistake" }),
  ]).toEqual([201, 200, 204, 201]);
  await ask("dispatcher", "PUT", "/v1/public-positions", policy);
  expect(
    audit.entries.slice(0, 4).map(({ who, action, object, details }) => [who, action, object.id, details]),
  ).toEqual([
    ["administrator", "people", "petro", { change: "added", grants: "[]" }],
    ["administrator", "people", "petro", { change: "password, locked", locked: true }],
    ["dispatcher", "configure", "yard", { change: "turned", view: "gate" }],
    ["dispatcher", "configure", "1", { order: "undo", why: "a mistake" }],
  ]);
  expect(JSON.stringify(audit.entries)).not.toMatch(/secret/);
});

test("the desk's work is written down: shifts, incidents with what is attached, saved searches", async () => {
  const { ask, audit } = await doors();
  const purpose = "broken window";
  const wish = { name: "Gate", q: "zone:gate", shared: true, alert: false };
  expect([
    await ask("dispatcher", "POST", "/v1/shifts", { purpose: "duty of the day" }),
    await ask("dispatcher", "POST", "/v1/incidents", {
      ...{ do: "open", title: "A window", purpose, cameras: ["yard"] },
    }),
    await ask("dispatcher", "POST", "/v1/searches", wish),
  ]).toEqual([201, 201, 201]);
  expect(
    audit.entries.map(({ action, object, purpose, details }) => [action, object, purpose, details]),
  ).toEqual([
    ["shift", { kind: "shift", id: "(new)" }, "duty of the day", { change: "begun" }],
    ["incident", { kind: "incident", id: "(new)" }, purpose, { change: "open", cameras: "yard" }],
    [
      "search",
      { kind: "saved-search", id: "(new)" },
      undefined,
      { change: "saved", question: "zone:gate", shared: true, alert: false },
    ],
  ]);
});

test("what cannot be written down is not done", async () => {
  const { ask, audit, turned, identity, dispatch } = await doors();
  audit.failWith(new AppError("AUDIT_UNAVAILABLE", "The disk is full.", { retryable: true }));
  const before = dispatch.readPolicy();
  expect([
    await ask("administrator", "POST", "/v1/people", PETRO),
    await ask("dispatcher", "POST", "/v1/cameras/yard/turn", { view: "gate" }),
    await ask("dispatcher", "POST", "/v1/orders/1/undo", { by: "x", why: "a mistake" }),
  ]).toEqual([503, 503, 503]);
  expect(await identity.accounts.find("petro")).toBeUndefined();
  expect([turned, dispatch.readPolicy()]).toEqual([[], before]);
});
