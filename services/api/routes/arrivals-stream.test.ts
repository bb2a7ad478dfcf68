import { connect } from "node:net";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import type { TransitView } from "../parts.ts";
import { servedApp } from "../testing/app.ts";
import { TRANSIT } from "../testing/scenes.ts";

/** Doors onto a town whose bus is late by as much as the test says; how often its board was made is counted. */
async function servedTown(limits = {}) {
  const town = { late_ms: 0, made: 0, gone: false };
  const transit: TransitView = {
    ...TRANSIT,
    timezone: "Europe/Kyiv",
    listArrivals(stop_id, now_ms) {
      town.made += 1;
      if (town.gone) return undefined;
      return TRANSIT.listArrivals(stop_id, now_ms)?.map((each) => ({
        ...each,
        predicted_at_ms: each.predicted_at_ms + town.late_ms,
      }));
    },
  };
  const { url } = await servedApp({ transit, limits: { board_ms: 20, ...limits } });
  return { town, url: `${url}/v1/stops/market/arrivals/stream`, origin: url };
}

/** Listens as an EventSource does. */
async function listenTo(url: string, headers = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(url, { headers, signal: stop.signal });
  const heard = { text: "", ended: false };
  (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) heard.text += chunk;
  })()
    .catch(() => undefined)
    .finally(() => {
      heard.ended = true;
    });
  const delays = () => [...heard.text.matchAll(/"delay_s":(\d+)/g)].map(([, delay]) => Number(delay));
  return { response, heard, delays, hangUp: () => stop.abort() };
}

test("the whole board at once and whenever it changed, made once however many listen", async () => {
  const { town, url } = await servedTown();
  const all = await Promise.all(Array.from({ length: 20 }, () => listenTo(url)));
  expect(all[0]?.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  await eventually(() => expect(all.map(({ delays }) => delays())).toEqual(all.map(() => [95, 0])));
  const made = town.made;
  await eventually(() => expect(town.made).toBeGreaterThan(made + 5));
  expect(all.map(({ delays }) => delays())).toEqual(all.map(() => [95, 0]));
  town.late_ms = 60_000;
  await eventually(() => expect(all.map(({ delays }) => delays())).toEqual(all.map(() => [95, 0, 155, 60])));
  for (const { hangUp } of all) hangUp();
  await eventually(async () => {
    const before = town.made;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(town.made).toBe(before);
  });
});

test("one that reads nothing costs nothing, and then gets the newest board, not all of those before", async () => {
  const { town, url, origin } = await servedTown();
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.write("GET /v1/stops/market/arrivals/stream HTTP/1.1\r\nhost: localhost\r\n\r\n");
  socket.pause();
  const other = await listenTo(url);
  for (let late_ms = 1_000; late_ms <= 5_000; late_ms += 1_000) {
    town.late_ms = late_ms;
    await eventually(() => expect(other.delays()).toContain(95 + late_ms / 1_000));
  }
  let taken = "";
  socket.setEncoding("utf8").on("data", (chunk) => (taken += chunk));
  socket.resume();
  await eventually(() => expect(taken).toContain('"delay_s":100'));
});

test("a quiet stream is heard to be alive, and ends when the stop is in no timetable any more", async () => {
  const { town, url } = await servedTown({ heartbeat_ms: 30 });
  const { heard, delays } = await listenTo(url, { "last-event-id": "7" });
  await eventually(() => expect(heard.text).toMatch(/\n\n:\n\n:\n\n/));
  expect(delays()).toEqual([95, 0]);
  town.gone = true;
  await eventually(() => expect(heard.ended).toBe(true));
});

test("a stop that is none is refused, and so is one stream more than there is room for", async () => {
  const { url } = await servedTown({ streams_max: 1 });
  expect((await fetch(url.replace("market", "nowhere"))).status).toBe(404);
  await listenTo(url);
  expect((await fetch(url)).status).toBe(503);
});
