import { memoryRecords } from "@yardline/records/memory";
import { handClock } from "@yardline/testkit/hand-clock";
import { servedApp } from "./app.ts";
import { memoryIndex } from "./fakes.ts";
import { signedInPeople } from "./people.ts";
import { CAMERA, NOON_MS, presence, stopVisit } from "./scenes.ts";

export const YARD = presence(0);
export const GATE = presence(1, { source: "camera/gate", data: { camera: "gate" } });
export const NEIGHBOURS = presence(2, { tenant: "neighbour" });
export const BUS = stopVisit(3);
export const OPENING = { do: "open", title: "A window was broken", purpose: "broken window, house 4" };

/** Everybody at the desk of one town: `dispatcher` sees all, `yard-only` the yard. */
export async function desk() {
  const { identity, headersOf } = await signedInPeople();
  const index = memoryIndex();
  await index.put([YARD, GATE, NEIGHBOURS, BUS]);
  const listCameras = () => ["yard", "gate"].map((id) => ({ ...CAMERA, id }));
  const records = memoryRecords();
  const clock = handClock(NOON_MS);
  const { app, url } = await servedApp({ identity, index, records, clock, cameras: { listCameras } });
  const people = { dispatcher: await headersOf("dispatcher"), "yard-only": await headersOf("yard-only") };
  const ask = (login: keyof typeof people, url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { ...people[login], ...headers } });
  const send = (
    login: keyof typeof people,
    method: "POST" | "PUT" | "DELETE",
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) => app.inject({ method, url, headers: { ...people[login], ...headers }, ...(payload && { payload }) });
  const open = (login: keyof typeof people, over: object = {}) =>
    send(login, "POST", "/v1/incidents", { ...OPENING, ...over });
  return { ask, send, open, url, people, records, clock };
}

/** An incident of the yard, and doing things to it as somebody who saw revision `seen`. */
export async function openedIncident() {
  const centre = await desk();
  const { id } = (await centre.open("dispatcher", { cameras: ["yard"] })).json();
  const url = `/v1/incidents/${id}`;
  const change = (login: "dispatcher" | "yard-only", payload: object, seen?: number) =>
    centre.send(
      login,
      "POST",
      `${url}/changes`,
      payload,
      seen === undefined ? {} : { "if-match": `"${seen}"` },
    );
  return { ...centre, url, change };
}
/** The kind of a problem. */
export const kindOf = (answer: { json(): { type: string } }) =>
  answer.json().type.replace("urn:yardline:problem:", "");
