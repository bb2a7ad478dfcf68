import { expect, test } from "vitest";
import { dueOf, type Law, type SubjectRequest, stateOf, takeStep } from "./subject-request.ts";

const at = (text: string) => Date.parse(text);
const requestOf = (law: Law, received: string): SubjectRequest => ({
  id: "r1",
  law,
  kind: "access",
  received_at_ms: at(received),
  recorded_by: "privacy",
  requester: { name: "Іван", contact: "пошта" },
  about: { description: "біля під'їзду 2", cameras: ["yard"], from_ms: 0, to_ms: 1 },
});
const signed = (text: string) => ({ by: "privacy", at_ms: at(text) });
const extended = { why: "many cameras", ...signed("2026-01-31T00:00:00Z") };

test.for([
  ["gdpr", "2026-01-31T09:00:00Z", "2026-02-28", "2026-04-28"],
  ["moldova", "2026-03-15T23:59:00Z", "2026-04-15", "2026-06-15"],
  ["ukraine", "2026-01-31T09:00:00Z", "2026-03-02", "2026-03-02"],
  ["russia", "2026-11-20T09:00:00Z", "2026-12-04", "2026-12-11"],
] as const)("%s: what came on %s is due on %s, extended on %s", ([law, received, due, later]) => {
  const request = requestOf(law, received);
  const days = [dueOf(request), dueOf({ ...request, extended })].map((ms) => new Date(ms).toISOString());
  expect(days).toEqual([`${due}T23:59:59.999Z`, `${later}T23:59:59.999Z`]);
});

test("it is due soon after three quarters of its term, overdue after it, and neither once it is closed", () => {
  const request = requestOf("gdpr", "2026-11-01T00:00:00Z");
  const states = ["2026-11-23T00:00:00Z", "2026-11-25T00:00:00Z", "2026-12-02T00:00:00Z"].map((now) =>
    stateOf(request, at(now)),
  );
  expect(states).toEqual(["received", "due-soon", "overdue"]);
  const refused = takeStep(
    request,
    { step: "refuse", why: "nothing is recorded" },
    signed("2026-11-02T00:00:00Z"),
  );
  expect(typeof refused === "string" ? refused : stateOf(refused, at("2027-01-01T00:00:00Z"))).toBe(
    "refused",
  );
});

test("nothing is answered before it is known who asks, and nothing extended that the law does not let", () => {
  const request = requestOf("ukraine", "2026-11-01T00:00:00Z");
  const step = (of: SubjectRequest, what: Parameters<typeof takeStep>[1]) =>
    takeStep(of, what, signed("2026-11-02T00:00:00Z"));
  expect(step(request, { step: "answer", why: "copy given" })).toMatch(/who asks/);
  expect(step(request, { step: "extend", why: "no time" })).toMatch(/no longer term/);
  const known = step(request, { step: "identity-checked", how: "passport shown" });
  if (typeof known === "string") throw new Error(known);
  const answered = step(known, { step: "answer", why: "copy given", evidence: "e1" });
  expect(answered).toMatchObject({ closed: { outcome: "answered", evidence: "e1" } });
  expect(typeof answered === "string" ? "" : step(answered, { step: "withdraw", why: "again" })).toBe(
    "It is closed already.",
  );
});
