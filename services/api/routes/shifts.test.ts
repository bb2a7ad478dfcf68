import { findIncident } from "@yardline/incidents/incident-log";
import { memoryRecords } from "@yardline/records/memory";
import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { CAMERA } from "../testing/scenes.ts";

/** A situation centre: `dispatcher` sees all, `yard-only` the yard. */
async function centre() {
  const { identity, headersOf } = await signedInPeople();
  const records = memoryRecords();
  const listCameras = () => ["yard", "gate"].map((id) => ({ ...CAMERA, id }));
  const app = await testApp({ identity, records, cameras: { listCameras } });
  const headers = { dispatcher: await headersOf("dispatcher"), "yard-only": await headersOf("yard-only") };
  const ask = (login: keyof typeof headers, url: string) => app.inject({ url, headers: headers[login] });
  const post = (login: keyof typeof headers, url: string, payload: object = {}) =>
    app.inject({ method: "POST", url, payload, headers: headers[login] });
  const open = async (login: keyof typeof headers, camera: string) => {
    const opening = { do: "open", title: "A window", purpose: "broken window", cameras: [camera] };
    return (await post(login, "/v1/incidents", opening)).json().id as string;
  };
  const begin = async (login: keyof typeof headers) =>
    (await post(login, "/v1/shifts", { purpose: "duty of the day" })).json().id as string;
  return { ask, post, open, begin, records };
}

test("a shift begins with a purpose, is one's own, and there is one at a time", async () => {
  const { ask, post } = await centre();
  const answer = await post("dispatcher", "/v1/shifts", { purpose: "duty of the day" });
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toMatchObject({ login: "dispatcher", purpose: "duty of the day", tenant: "demo" });
  expect((await ask("dispatcher", "/v1/shifts")).json()).toEqual({
    own: answer.json(),
    shifts: [answer.json()],
  });
  const again = await post("dispatcher", "/v1/shifts", { purpose: "another" });
  expect([again.statusCode, again.json().type]).toEqual([409, "urn:yardline:problem:shift-open"]);
  expect((await post("dispatcher", "/v1/shifts", { purpose: "no" })).statusCode).toBe(400);
});

test("what was left is taken over: open incidents of one become the other's, each with an entry", async () => {
  const { ask, post, open, begin, records } = await centre();
  const shift = await begin("yard-only");
  const [mine, done] = [await open("yard-only", "yard"), await open("yard-only", "yard")];
  for (const id of [mine, done]) await post("yard-only", `/v1/incidents/${id}/changes`, { do: "claim" });
  const left = { note: "The gate does not close.", to: "dispatcher" };
  const ended = await post("yard-only", `/v1/shifts/${shift}/end`, left);
  expect(ended.json().hand_over).toEqual({ ...left, incidents: expect.arrayContaining([mine, done]) });
  await post("dispatcher", `/v1/incidents/${done}/changes`, { do: "claim", take_over: true });
  const taken = await post("dispatcher", `/v1/shifts/${shift}/accept`);
  expect(taken.json()).toMatchObject({ shift: { hand_over: { accepted_by: "dispatcher" } }, taken: [mine] });
  expect(await findIncident(records, mine)).toMatchObject({ claimed_by: "dispatcher", revision: 3 });
  const log = (await ask("dispatcher", `/v1/incidents/${mine}/log`)).json().entries;
  expect(log.map(({ by, change }: { by: string; change: { do: string } }) => `${by} ${change.do}`)).toEqual([
    "yard-only open",
    "yard-only claim",
    "dispatcher claim",
  ]);
  const again = await post("dispatcher", `/v1/shifts/${shift}/accept`);
  expect([again.statusCode, again.json().taken]).toEqual([200, []]);
});

test("a colleague who sees one yard learns nothing of the shift of one who sees all", async () => {
  const { ask, post, begin } = await centre();
  const shift = await begin("dispatcher");
  await post("dispatcher", `/v1/shifts/${shift}/end`, { note: "At the gate …" });
  expect((await ask("yard-only", "/v1/shifts")).json()).toEqual({ shifts: [] });
  const answer = await post("yard-only", `/v1/shifts/${shift}/accept`);
  expect([answer.statusCode, answer.json().type]).toEqual([404, "urn:yardline:problem:shift-unknown"]);
});
