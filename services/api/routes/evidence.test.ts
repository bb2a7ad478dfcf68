import { bytesOf } from "@yardline/evidence/read-bytes";
import { verifyBundle } from "@yardline/evidence/verify-bundle";
import { eventually } from "@yardline/testkit/eventually";
import { expect, test } from "vitest";
import { servedApp } from "../testing/app.ts";
import { recordedMedia, testEvidence } from "../testing/evidence.ts";
import { signedInPeople } from "../testing/people.ts";
import { CAMERA } from "../testing/scenes.ts";

const PERIODS = [{ camera: "yard", from: "2026-11-22T11:59:50Z", to: "2026-11-22T11:59:52Z" }];
const ASKED = {
  form: "original",
  periods: PERIODS,
  purpose: "theft of a bicycle",
  legal_basis: { ground: "police-request", reference: "№ 12/345" },
};

/** Whatever of it an answer has. */
type Answer = {
  readonly id: string;
  readonly state: string;
  readonly link: string;
  readonly fingerprint: string;
  readonly evidence: readonly unknown[];
};

async function doors({ two_person = false } = {}) {
  const media = recordedMedia(["yard"]);
  const { identity, headersOf } = await signedInPeople();
  const evidence = await testEvidence(media, { two_person });
  const cameras = { listCameras: () => [CAMERA], findStatistics: () => undefined };
  const { url } = await servedApp({ media, identity, evidence, cameras });
  const ask = async (login: string, path: string, body?: object, more: Record<string, string> = {}) => {
    const type = body && { "content-type": "application/json" };
    const headers = { ...(await headersOf(login)), ...type, ...more };
    const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const response = await fetch(`${url}${path}`, { ...sent, headers });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    const answer: Answer = JSON.parse(isJson ? text : "{}");
    return { status: response.status, headers: response.headers, body: answer, text };
  };
  return { url, ask, evidence };
}

test("asked, made, fetched once by whoever has the link, and whole", async () => {
  const { url, ask, evidence } = await doors();
  const { status, body: made } = await ask("dispatcher", "/v1/evidence", ASKED);
  expect({ status, made }).toMatchObject({
    status: 201,
    made: { state: "making", asked_by: "dispatcher", periods: [{ camera: "yard" }] },
  });
  await eventually(async () =>
    expect((await ask("dispatcher", `/v1/evidence/${made.id}`)).body).toMatchObject({
      state: "ready",
      progress: 1,
      complete: true,
    }),
  );
  const { body: link } = await ask("dispatcher", `/v1/evidence/${made.id}/link`, {});
  const fetched = await fetch(url + link.link);
  expect(fetched.headers.get("content-disposition")).toBe(`attachment; filename="evidence-${made.id}.zip"`);
  const data = new Uint8Array(await fetched.arrayBuffer());
  const { fingerprint } = (await ask("", "/v1/evidence/key")).body;
  expect(await verifyBundle(bytesOf(data), fingerprint, () => undefined)).toMatchObject({
    whole: true,
    trusted: "yes",
  });
  expect((await fetch(url + link.link)).status).toBe(404);
  expect(fingerprint).toBe((await evidence.desk.key()).fingerprint);
});

test("asked for twice under one key it is one export", async () => {
  const { ask } = await doors();
  const key = { "idempotency-key": "5d8ab6f2-6c0e-4f0e-9d5e-0b7c1d2e3f40" };
  const first = await ask("dispatcher", "/v1/evidence", ASKED, key);
  const again = await ask("dispatcher", "/v1/evidence", ASKED, key);
  expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const other = { ...ASKED, purpose: "another" };
  expect((await ask("dispatcher", "/v1/evidence", other, key)).status).toBe(422);
  expect((await ask("dispatcher", "/v1/evidence")).body.evidence).toHaveLength(1);
});

test("two people: who asks cannot approve, and without approval there is no link", async () => {
  const { ask } = await doors({ two_person: true });
  const { body: made } = await ask("dispatcher", "/v1/evidence", ASKED);
  expect(made.state).toBe("waiting");
  const own = await ask("dispatcher", `/v1/evidence/${made.id}/approve`, {});
  expect(own).toMatchObject({ status: 409, body: { type: "urn:yardline:problem:evidence-own" } });
  expect((await ask("dispatcher", `/v1/evidence/${made.id}/link`, {})).status).toBe(409);
  const other = await ask("yard-only", `/v1/evidence/${made.id}/approve`, {});
  expect(other).toMatchObject({ status: 200, body: { state: "making", decided_by: "yard-only" } });
});

test.for([
  ["no legal basis", { ...ASKED, legal_basis: undefined }, 400],
  ["a basis without a paper", { ...ASKED, legal_basis: { ground: "police-request", reference: "" } }, 400],
  ["no purpose", { ...ASKED, purpose: undefined }, 400],
  ["nothing", { ...ASKED, periods: [] }, 400],
  ["another's camera", { ...ASKED, periods: [{ ...PERIODS[0], camera: "gate" }] }, 404],
  [
    "too long",
    { ...ASKED, periods: [{ camera: "yard", from: "2026-11-22T01:00:00Z", to: "2026-11-22T09:00:00Z" }] },
    400,
  ],
  [
    "more opened than their right allows",
    {
      ...ASKED,
      form: "redacted",
      redaction: {
        cover: "solid",
        opened: [
          {
            camera: "yard",
            path: ["2026-11-22T11:59:50Z", "2026-11-22T11:59:52Z"].map((at) => ({
              at,
              box: { left: 0, top: 0, right: 1, bottom: 1 },
            })),
          },
        ],
      },
    },
    403,
  ],
] as const)("%s is refused", async ([, body, status]) => {
  const { ask } = await doors();
  expect((await ask("dispatcher", "/v1/evidence", body)).status).toBe(status);
});

test("who took it is written down, on a sheet in three languages in which words are only words", async () => {
  const { ask } = await doors();
  const { body: made } = await ask("dispatcher", "/v1/evidence", {
    ...ASKED,
    purpose: "<script>alert(1)</script>",
  });
  await eventually(async () =>
    expect((await ask("dispatcher", `/v1/evidence/${made.id}`)).body.state).toBe("ready"),
  );
  const to = {
    to: "кап. Шевченко",
    authority: "Нацполіція",
    document: "№ 77 від 21.11.2026",
    medium: "USB 0042",
  };
  expect(await ask("dispatcher", `/v1/evidence/${made.id}/hand-overs`, to)).toMatchObject({
    status: 201,
    body: { handed: [{ ...to, by: "dispatcher" }] },
  });
  for (const [language, title] of [
    ["uk", "Акт передачі"],
    ["ru", "Акт передачи"],
    ["en", "Hand-over of"],
  ]) {
    const { text: html, headers } = await ask(
      "privacy-officer",
      `/v1/evidence/${made.id}/sheet?language=${language}`,
    );
    expect(html).toContain(title);
    expect(html).toContain("кап. Шевченко");
    expect(html).not.toContain("<script>");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
  }
});

test("the verifier page comes with a policy that runs its own script alone", async () => {
  const { ask } = await doors();
  const { headers, status } = await ask("", "/v1/evidence/verifier");
  expect({ status, policy: headers.get("content-security-policy") }).toEqual({
    status: 200,
    policy: expect.stringMatching(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'/,
    ),
  });
});
