import { expect, test } from "vitest";
import type { SubjectRequest } from "../api/types.ts";
import { daysLeft, stepOf, stepsFor } from "./requests.ts";

const request: SubjectRequest = {
  ...{ id: "1", state: "received", due_at: "2026-12-01T23:59:59.999Z", law: "gdpr", kind: "access" },
  received_at: "2026-11-01T10:00:00Z",
  about: {
    description: "at the gate",
    cameras: [],
    from: "2026-10-31T10:00:00Z",
    to: "2026-10-31T11:00:00Z",
  },
  recorded_by: "olena",
};
const note = { by: "olena", at: "2026-11-02T10:00:00Z", text: "by passport" };

test("nobody is answered before it was checked who asks, and what is over needs nothing", () => {
  expect(stepsFor(request)).toEqual(["identity-checked", "extend", "refuse", "withdraw"]);
  expect(stepsFor({ ...request, identity: note, extended: note })).toEqual(["answer", "refuse", "withdraw"]);
  expect(stepsFor({ ...request, state: "overdue" })).not.toContain("extend");
  expect(stepsFor({ ...request, state: "answered" })).toEqual([]);
});

test("days are whole ones, and below nothing when the term is over", () => {
  expect(daysLeft(request, Date.parse("2026-11-22T12:00:00Z"))).toBe(9);
  expect(daysLeft(request, Date.parse("2026-12-02T12:00:00Z"))).toBe(-1);
  expect(daysLeft({ ...request, state: "refused" }, 0)).toBeUndefined();
});

test("a step says what was typed under the name that it has there", () => {
  expect(stepOf("identity-checked", "by passport", "")).toEqual({
    step: "identity-checked",
    how: "by passport",
  });
  expect(stepOf("answer", "sent", "")).toEqual({ step: "answer", why: "sent" });
  expect(stepOf("answer", "sent", "7f")).toEqual({ step: "answer", why: "sent", evidence: "7f" });
});
