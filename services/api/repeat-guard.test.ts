import { expect, test } from "vitest";
import { desk } from "./testing/desk.ts";

const KEY = "5d8ab6f2-6c0e-4f0e-9d5e-0b7c1d2e3f40";
const OPENING = { do: "open", title: "A window", purpose: "broken window", cameras: ["yard"] };

async function doors() {
  const centre = await desk();
  const open = (payload: object = OPENING, key = KEY, login: "dispatcher" | "yard-only" = "dispatcher") =>
    centre.send(login, "POST", "/v1/incidents", payload, { "idempotency-key": key });
  const count = async () =>
    (await centre.ask("dispatcher", "/v1/incidents")).json().incidents.length as number;
  return { ...centre, open, count };
}

test("sent twice it is done once, and answered alike", async () => {
  const { open, count } = await doors();
  const [first, second] = [await open(), await open()];
  expect(second.statusCode).toBe(201);
  expect(second.json()).toEqual(first.json());
  for (const name of ["etag", "location", "content-type"]) {
    expect(second.headers[name]).toBe(first.headers[name]);
  }
  expect([first.headers["idempotency-replayed"], second.headers["idempotency-replayed"]]).toEqual([
    undefined,
    "true",
  ]);
  expect(await count()).toBe(1);
});

test("sent many times at once it is done once; the others are answered alike, or told to wait", async () => {
  const { open, count } = await doors();
  const answers = await Promise.all(Array.from({ length: 8 }, () => open()));
  expect(await count()).toBe(1);
  const statuses = new Set(answers.map(({ statusCode }) => statusCode));
  expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
});

test("with other content it is refused, from somebody else it is theirs", async () => {
  const { open, count } = await doors();
  await open();
  expect((await open({ ...OPENING, title: "A door" })).statusCode).toBe(422);
  expect((await open(OPENING, KEY, "yard-only")).statusCode).toBe(201);
  expect(await count()).toBe(2);
});

test("what was refused may be sent again once it can be done", async () => {
  const { send, open } = await doors();
  const { id } = (await open()).json();
  const url = `/v1/incidents/${id}/changes`;
  const release = () => send("dispatcher", "POST", url, { do: "release" }, { "idempotency-key": `${KEY}-2` });
  expect((await release()).statusCode).toBe(409);
  await send("dispatcher", "POST", url, { do: "claim" });
  expect((await release()).statusCode).toBe(200);
  expect((await release()).headers["idempotency-replayed"]).toBe("true");
});

test("whoever may no longer ask gets no kept answer", async () => {
  const { open, people, send, records: _ } = await doors();
  await open();
  const none = await send("dispatcher", "POST", "/v1/incidents", OPENING, {
    cookie: "",
    "idempotency-key": KEY,
  });
  expect([none.statusCode, Object.keys(people).length]).toEqual([401, 2]);
});

test.for(["short", "x".repeat(201), "with a space in it", 'with-a-quote"-in-the-middle'])(
  "%s is no key",
  async (key) => {
    const { open } = await doors();
    expect((await open(OPENING, key)).statusCode).toBe(400);
  },
);
