import { expect, test } from "vitest";
import { servedApp } from "../testing/app.ts";
import { recordedMedia, testEvidence } from "../testing/evidence.ts";
import { signedInPeople } from "../testing/people.ts";

const ASKED = {
  law: "gdpr",
  kind: "access",
  received_at: "2026-11-20T09:00:00Z",
  requester: { name: "Іван", contact: "вул. Садова 1" },
  about: {
    description: "біля під'їзду 2, червона куртка",
    cameras: ["yard"],
    from: "2026-11-19T18:00:00Z",
    to: "2026-11-19T18:30:00Z",
  },
};

/** Whatever of it an answer has. */
type Answer = { readonly id: string; readonly requests: readonly unknown[] };

async function doors() {
  const { identity, headersOf } = await signedInPeople();
  const evidence = await testEvidence(recordedMedia(["yard"]));
  const { url } = await servedApp({ identity, evidence });
  const headers = await headersOf("privacy-officer");
  const ask = async (path: string, body?: object, more: Record<string, string> = {}) => {
    const sent = body
      ? {
          method: "POST",
          body: JSON.stringify(body),
          headers: { ...headers, "content-type": "application/json", ...more },
        }
      : { headers };
    const response = await fetch(`${url}/v1/requests${path}`, sent);
    const answer: Answer = JSON.parse(await response.text());
    return { status: response.status, body: answer };
  };
  return { ask, evidence };
}

test("recorded twice under one key it is one request, with one term", async () => {
  const { ask } = await doors();
  const key = { "idempotency-key": "0b7c1d2e-6c0e-4f0e-9d5e-5d8ab6f23f40" };
  const [first, again] = [await ask("", ASKED, key), await ask("", ASKED, key)];
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect((await ask("")).body.requests).toHaveLength(1);
});

test("a request runs from the day it came to its answer, which is a redacted copy", async () => {
  const { ask, evidence } = await doors();
  const { body: made } = await ask("", ASKED);
  expect(made).toMatchObject({
    state: "received",
    due_at: "2026-12-20T23:59:59.999Z",
    requester: ASKED.requester,
  });
  const step = (body: object) => ask(`/${made.id}/steps`, body);
  expect(await step({ step: "answer", why: "copy given", evidence: "none" })).toMatchObject({ status: 409 });
  expect(await step({ step: "identity-checked", how: "passport shown" })).toMatchObject({
    body: { state: "identified" },
  });
  const asked = {
    periods: [{ camera: "yard", from_ms: 1_795_348_790_000, to_ms: 1_795_348_792_000 }],
    events: [],
    purpose: "access",
  };
  const legal_basis = { ground: "request-of-person-filmed", reference: made.id } as const;
  const original = await evidence.desk.ask(
    { ...asked, form: "original", legal_basis: { ...legal_basis, reference: "a request" } },
    "olena",
  );
  const redacted = await evidence.desk.ask(
    { ...asked, form: "redacted", legal_basis: { ...legal_basis, reference: "a request" } },
    "olena",
  );
  await evidence.desk.settled();
  expect(await step({ step: "answer", why: "copy given", evidence: original.id })).toMatchObject({
    status: 409,
  });
  expect(await step({ step: "answer", why: "copy given", evidence: redacted.id })).toMatchObject({
    status: 200,
    body: { state: "answered", evidence: redacted.id, closed: { by: "privacy-officer", text: "copy given" } },
  });
  expect(await step({ step: "withdraw", why: "too late" })).toMatchObject({ status: 409 });
  expect((await ask("")).body.requests).toMatchObject([{ id: made.id, state: "answered" }]);
});

test("whoever waits too long is in the town's health, without a name", async () => {
  const { ask, evidence } = await doors();
  expect(evidence.requests.reminder()).toBeUndefined();
  await ask("", { ...ASKED, received_at: "2026-10-20T09:00:00Z" });
  await ask("", { ...ASKED, law: "russia", received_at: "2026-11-10T09:00:00Z" });
  expect(evidence.requests.reminder()).toEqual({ overdue: 1, soon: 1, date: "2026-11-20" });
});

test.for([
  ["received tomorrow", { ...ASKED, received_at: "2026-11-23T09:00:00Z" }],
  ["about a time that ends before it begins", { ...ASKED, about: { ...ASKED.about, from: ASKED.about.to } }],
  ["of a law that nobody knows", { ...ASKED, law: "none" }],
] as const)("%s is refused", async ([, body]) => {
  expect((await (await doors()).ask("", body)).status).toBe(400);
});
