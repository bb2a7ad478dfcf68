import { expect, test } from "vitest";
import { kindOf, openedIncident } from "../testing/desk.ts";

test("everybody who may know of it sees who is editing it", async () => {
  const { ask, send, url } = await openedIncident();
  expect((await ask("yard-only", `${url}/lock`)).json()).toEqual({});
  await send("dispatcher", "PUT", `${url}/lock`, {});
  expect((await ask("yard-only", `${url}/lock`)).json().lock).toMatchObject({ by: "dispatcher" });
});

test("while one edits others may add notes, but overwrite nothing; it ends by itself, or is taken over", async () => {
  const { send, change, clock, url } = await openedIncident();
  const lock = (login: "dispatcher" | "yard-only", payload: object = {}) =>
    send(login, "PUT", `${url}/lock`, payload);
  expect((await lock("dispatcher")).json()).toMatchObject({
    by: "dispatcher",
    until: "2026-11-22T12:02:00.000Z",
  });
  expect(kindOf(await lock("yard-only"))).toBe("incident-being-edited");
  expect(kindOf(await change("yard-only", { do: "amend", title: "A door" }, 1))).toBe(
    "incident-being-edited",
  );
  expect((await change("yard-only", { do: "note", text: "A note." })).statusCode).toBe(200);
  expect((await lock("yard-only", { take_over: true })).json().by).toBe("yard-only");
  expect(kindOf(await change("dispatcher", { do: "amend", title: "A door" }, 2))).toBe(
    "incident-being-edited",
  );
  expect((await send("yard-only", "DELETE", `${url}/lock`)).statusCode).toBe(204);
  expect((await change("dispatcher", { do: "amend", title: "A door" }, 2)).statusCode).toBe(200);
  await lock("yard-only");
  clock.advance(120_000);
  expect((await change("dispatcher", { do: "amend", title: "A gate" }, 3)).statusCode).toBe(200);
});
