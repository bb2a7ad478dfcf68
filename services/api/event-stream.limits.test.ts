import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { listenTo, servedBus } from "./testing/listening.ts";
import { presence, stopVisit } from "./testing/scenes.ts";

const EVENTS = Array.from({ length: 6 }, (_, n) => presence(n));
const OCCURRENCES = EVENTS.map(({ occurrence }) => occurrence);

const LONG = "x".repeat(50_000);
/** So many bytes that no socket on the way can take them all in. */
const FLOOD = Array.from({ length: 400 }, (_, n) => presence(n, { data: { zone: LONG } }));

/** Asks for a stream and then reads nothing until told to. */
function deafListener(url: string): Socket {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  socket.write("GET /v1/events/stream HTTP/1.1\r\nhost: localhost\r\n\r\n");
  socket.pause();
  return socket;
}

test("one that reads too slowly is let go and comes back without loss; the others do not notice", async () => {
  const { bus, url, stream, metric } = await servedBus({ limits: { ring_events_max: 50 } });
  const other = await listenTo(`${stream}?type=transit.stop-visit`);
  const slow = deafListener(url);
  await eventually(() => metric("yardline_api_listeners 2"));
  const visits = FLOOD.map((_, n) => stopVisit(n));
  for (const [n, event] of FLOOD.entries()) {
    bus.say(event, ...visits.slice(n, n + 1));
    await sleep(1);
  }
  const heard = () => expect(other.occurrences()).toEqual(visits.map(({ occurrence }) => occurrence));
  await eventually(heard, 15_000);
  let taken = "";
  slow.setEncoding("utf8").on("data", (chunk) => (taken += chunk));
  slow.resume();
  await once(slow, "close");
  await metric('yardline_api_listeners_evicted_total{why="behind"} 1');
  const last = Number([...taken.matchAll(/^id: p(\d+)$/gm)].at(-1)?.[1]);
  expect(last).toBeLessThan(FLOOD.length);
  const again = await listenTo(`${stream}?type=yard.presence`, { "last-event-id": `p${last}` });
  const missed = FLOOD.slice(Math.ceil(last / 2)).map(({ occurrence }) => occurrence);
  await eventually(() => expect(again.occurrences()).toEqual(missed), 15_000);
});

test("one that takes nothing at all is cut off", async () => {
  const { bus, url, metric } = await servedBus({ limits: { stall_ms_max: 200 } });
  deafListener(url);
  await eventually(() => metric("yardline_api_listeners 1"));
  bus.say(...FLOOD);
  await eventually(() => metric('yardline_api_listeners_evicted_total{why="stalled"} 1'), 15_000);
  await eventually(() => metric("yardline_api_listeners 0"));
});

test("many listen at once, one more than allowed is told so, and a place becomes free", async () => {
  const { bus, stream, metric } = await servedBus({ limits: { streams_max: 100 } });
  const listeners = await Promise.all(Array.from({ length: 100 }, () => listenTo(stream)));
  const refused = await fetch(stream);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
  expect(await refused.json()).toMatchObject({ type: "urn:yardline:problem:streams-full" });
  await metric('yardline_api_listeners_evicted_total{why="full"} 1');
  bus.say(...EVENTS);
  await eventually(() => {
    for (const { occurrences } of listeners) expect(occurrences()).toEqual(OCCURRENCES);
  });
  listeners[0]?.hangUp();
  await eventually(() => metric("yardline_api_listeners 99"));
  expect((await listenTo(stream)).response.status).toBe(200);
});

test("a socket that carries a stream cannot ask for more of them", async () => {
  const { url, metric } = await servedBus();
  const greedy = connect(Number(new URL(url).port), "127.0.0.1");
  onTestFinished(() => void greedy.destroy());
  greedy.on("error", () => undefined);
  greedy.write("GET /v1/events/stream HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(50));
  await eventually(() => metric('yardline_api_listeners_evicted_total{why="full"} 49'));
  await metric("yardline_api_listeners 1");
});

test("more connections than allowed are closed and counted", async () => {
  const { app, url, stream } = await servedBus({ limits: { connections_max: 2 } });
  await Promise.all([listenTo(stream), listenTo(stream)]);
  const third = connect(Number(new URL(url).port), "127.0.0.1");
  third.on("error", () => undefined);
  await once(third, "close");
  expect((await app.inject("/metrics")).body).toContain("yardline_api_connections_dropped_total 1");
});

test("streams end cleanly when the doors close, and one that does not take it is broken off", async () => {
  const { app, bus, url, stream, metric } = await servedBus({ limits: { farewell_ms_max: 100 } });
  const live = await listenTo(`${stream}?type=transit.stop-visit`);
  const resuming = await listenTo(`${stream}?type=transit.stop-visit`, { "last-event-id": "p0" });
  const deaf = deafListener(url);
  await eventually(() => metric("yardline_api_listeners 3"));
  bus.say(...FLOOD, stopVisit());
  for (const { occurrences } of [live, resuming]) {
    await eventually(() => expect(occurrences()).toEqual([stopVisit().occurrence]), 15_000);
  }
  await app.close();
  await Promise.all([live.ended, resuming.ended]);
  deaf.resume();
  await once(deaf, "close");
});
