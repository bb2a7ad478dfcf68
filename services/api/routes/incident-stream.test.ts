import { writeChange } from "@yardline/incidents/incident-log";
import { eventually } from "@yardline/testkit/eventually";
import { expect, test } from "vitest";
import { desk } from "../testing/desk.ts";
import { listenTo } from "../testing/listening.ts";

type News = { readonly what: string; readonly by: string; readonly incident: { readonly title: string } };

async function listening() {
  const centre = await desk();
  const listen = async (
    login: "dispatcher" | "yard-only",
    query = "",
    headers: Record<string, string> = {},
  ) => {
    const stream = await listenTo(`${centre.url}/v1/incidents/stream${query}`, {
      ...centre.people[login],
      ...headers,
    });
    const told = () =>
      stream.heard.flatMap(({ data }) => {
        if (!data) return [];
        const { what, by, incident } = data as unknown as News;
        return what === undefined ? ["reset"] : [`${by} ${what} ${incident.title}`];
      });
    await eventually(() => expect(stream.heard.length).toBeGreaterThan(0));
    return { ...stream, told };
  };
  return { ...centre, listen };
}

test("changes come as they are made, each to those who may know of that incident", async () => {
  const { open, send, listen } = await listening();
  const [all, yard] = [await listen("dispatcher"), await listen("yard-only")];
  await open("dispatcher", { title: "Gate", cameras: ["gate"] });
  const { id } = (await open("dispatcher", { title: "Yard", cameras: ["yard"] })).json();
  await send("yard-only", "PUT", `/v1/incidents/${id}/lock`, {});
  await send("dispatcher", "PUT", `/v1/incidents/${id}/lock`, { take_over: true });
  const ofYard = ["dispatcher open Yard", "yard-only lock Yard", "dispatcher lock-taken-over Yard"];
  await eventually(() => expect(all.told()).toEqual(["dispatcher open Gate", ...ofYard]));
  await eventually(() => expect(yard.told()).toEqual(ofYard));
});

test("who comes back hears what was missed; who missed too much is told to read again", async () => {
  const { open, listen, records } = await listening();
  for (const title of ["a", "b", "c"]) await open("dispatcher", { title, cameras: ["yard"] });
  const resumed = await listen("yard-only", "?after=3", { "last-event-id": "1" });
  await eventually(() => expect(resumed.told()).toEqual(["dispatcher open b", "dispatcher open c"]));
  await records.dropBefore("incident-feed", "000000000003");
  const late = await listen("yard-only", "?after=0");
  await eventually(() => expect(late.told()).toEqual(["reset"]));
  const ahead = await listen("yard-only", "?after=900");
  await eventually(() => expect(ahead.told()).toEqual(["reset"]));
});

test("what another process writes comes too", async () => {
  const { open, listen, records } = await listening();
  const { id } = (await open("dispatcher", { title: "Yard", cameras: ["yard"] })).json();
  const { told } = await listen("yard-only");
  const hand = { by: "elsewhere", at_ms: Date.parse("2026-11-22T12:00:01Z") };
  await writeChange(records, id, { change: { do: "claim" }, hand });
  await eventually(() => expect(told()).toEqual(["elsewhere claim Yard"]));
});

test.for(["x", "-1", "1e3", "9".repeat(16)])("after=%s is no place", async (after) => {
  const { ask } = await listening();
  expect((await ask("dispatcher", `/v1/incidents/stream?after=${after}`)).statusCode).toBe(400);
});
