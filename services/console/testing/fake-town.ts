import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { json } from "node:stream/consumers";
import type { ApiEvent, AskedOrder, Camera, Town } from "../api/types.ts";
import { fakeBlocks, fakeOrders } from "./fake-duties.ts";
import { recordedEvents } from "./fake-events.ts";
import { fakeEvidence } from "./fake-evidence.ts";
import { fakeIncidents } from "./fake-incidents.ts";
import type { FakeMedia } from "./fake-media.ts";
import { fakeArrivals, fakeCameras, fakeLines, fakeStops, fakeVehicles } from "./fake-network.ts";
import { officeAnswer } from "./fake-office.ts";
import { fakeLineDay, fakeNetworkReport, fakeReplay, fakeReport, fakeSegments } from "./fake-plan.ts";
import { searchAnswer } from "./fake-search.ts";
import { fakeSearches } from "./fake-searches.ts";
import { fakeShifts } from "./fake-shifts.ts";

/** The policy under which the page must work; the real API's is the same. */
const POLICY =
  "default-src 'self'; style-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; media-src 'self' blob:; " +
  "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

const RIGHTS = [
  "live",
  "archive",
  "transit",
  "dispatch",
  "audit",
  "operate",
  "configure",
  "people",
  "export",
  "unmask",
];
/** Everybody may see everything, as of the invented town. */
const OPEN = { doors: "open", set_up: false, rights: [...RIGHTS] };

/** An API of canned answers, with what a test may do to it. */
export type FakeTown = {
  readonly url: string;
  /** Paths with queries, in the order they were asked for. */
  readonly asked: string[];
  /** What happened, newest first. */
  readonly events: readonly ApiEvent[];
  /** What was ordered, in turn. */
  readonly ordered: readonly AskedOrder[];
  emit(event: ApiEvent): void;
  /** A saved search that alerts found an event. */
  alert(search: string, event: ApiEvent, count: number): void;
  /** Every answer of the API is a cut connection from now on, until told otherwise. */
  setDown(down: boolean): void;
  /** So many questions for a clip are answered with 425 first. */
  setClipPending(times: number): void;
  /** The type that clips are given as, until told otherwise; with `codec=h264` they are always playable. */
  setClipType(type: string): void;
  /** So many questions for a picture are answered with 404 first. */
  setPicturePending(times: number): void;
  close(): Promise<void>;
};

type Scene = {
  readonly dist: string;
  readonly media: FakeMedia;
  readonly empty?: boolean;
  /** What happened so far, newest first; some two days of a small town by default. */
  readonly events?: readonly ApiEvent[];
  /** Two cameras and some buses by default. */
  readonly cameras?: readonly Camera[];
  readonly vehicles?: number;
};

export async function startFakeTown({ dist, media, empty = false, ...scene }: Scene): Promise<FakeTown> {
  const events = [...(scene.events ?? (empty ? [] : recordedEvents(Date.now())))];
  const asked: string[] = [];
  const ordered: AskedOrder[] = [];
  const incidents = fakeIncidents();
  const searches = fakeSearches();
  const shifts = fakeShifts();
  const evidence = fakeEvidence();
  const listeners = new Set<ServerResponse>();
  const state = { down: false, clip: 0, picture: 0, type: "video/mp4" };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://town");
    asked.push(url.pathname + url.search);
    if (!/^\/(?:v1\/|healthz$)/.test(url.pathname)) return void sendPage(dist, url.pathname, response);
    if (state.down) return void request.socket.destroy();
    if (url.pathname === "/v1/events/stream") return listen(response, listeners);
    const send =
      mediaSender(url, media, state) ??
      orderTaker(url, ordered) ??
      incidents(url) ??
      searches.answer(url) ??
      shifts(url) ??
      evidence(url) ??
      searcher(events, url);
    if (send) return void send(request, response);
    if (url.pathname === "/v1/session") return sendJson(response, OPEN);
    const body =
      eventOf(events, url) ?? crowd(scene, url) ?? officeAnswer(url) ?? answer(url.pathname, empty);
    if (body) return sendJson(response, body);
    sendJson(response, { title: "Not found", status: 404, detail: "There is none." }, 404);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    events,
    ordered,
    alert: searches.alert,
    emit(event) {
      const before = events.findIndex(({ occurrence }) => occurrence === event.occurrence);
      events.splice(Math.max(0, before), before < 0 ? 0 : 1, event);
      for (const each of listeners)
        each.write(`id: ${events.length}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`);
    },
    setDown(down) {
      state.down = down;
      if (down) server.closeAllConnections();
    },
    setClipPending(times) {
      state.clip = times;
    },
    setClipType(type) {
      state.type = type;
    },
    setPicturePending(times) {
      state.picture = times;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function crowd({ cameras, vehicles }: Pick<Scene, "cameras" | "vehicles">, { pathname }: URL) {
  if (pathname === "/v1/cameras" && cameras) return { cameras };
  return pathname === "/v1/vehicles" && vehicles ? fakeVehicles(Date.now(), vehicles) : undefined;
}

function orderTaker({ pathname }: URL, ordered: AskedOrder[]) {
  if (pathname !== "/v1/orders") return undefined;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === "POST") ordered.push((await json(request)) as AskedOrder);
    sendJson(response, fakeOrders(ordered, Date.now()), request.method === "POST" ? 201 : 200);
  };
}

function answer(path: string, empty: boolean): object | undefined {
  const now_ms = Date.now();
  const answers: Readonly<Record<string, () => object | undefined>> = {
    "/v1/town": () => fakeTownItself(now_ms, empty),
    "/v1/cameras": () => ({ cameras: empty ? [] : fakeCameras(now_ms) }),
    "/v1/stops": () => (empty ? undefined : fakeStops()),
    "/v1/lines": () => (empty ? undefined : fakeLines()),
    "/v1/vehicles": () => (empty ? undefined : fakeVehicles(now_ms)),
    "/v1/blocks": () => (empty ? undefined : { blocks: fakeBlocks(now_ms) }),
    "/v1/dispatch/vehicles": () => (empty ? undefined : { vehicles: [] }),
    "/v1/passages": () => ({ passages: [], complete: true }),
    "/v1/review/network": () => (empty ? undefined : fakeNetworkReport()),
    "/v1/review/line-day": () => (empty ? undefined : fakeLineDay()),
    "/v1/review/replay": () => (empty ? undefined : fakeReplay()),
    "/v1/review/segments": () => (empty ? undefined : fakeSegments()),
    "/v1/review/on-time": () => (empty ? undefined : fakeReport()),
    "/v1/push-key": () => ({ public_key: `B${"A".repeat(86)}` }),
    "/v1/stops/s3/timetable": () => ({
      ...{ stop: { stop_id: "s3", stop_name: "Залізничний вокзал" }, timezone: "Europe/Kyiv", lines: [] },
      ...{ from: new Date(now_ms).toISOString(), until: new Date(now_ms + 86_400_000).toISOString() },
    }),
    "/v1/stops/s3/arrivals": () => ({
      stop: { stop_id: "s3", stop_name: "Залізничний вокзал", latitude: 50.2072, longitude: 30.3079 },
      made_at: new Date(now_ms).toISOString(),
      timezone: "Europe/Kyiv",
      alerts: [],
      arrivals: fakeArrivals(now_ms),
    }),
  };
  return answers[path]?.();
}

function fakeTownItself(now_ms: number, empty: boolean): Town {
  const now = new Date(now_ms).toISOString();
  const town = { name: "Верба", tenant: "verba", simulated: !empty, timezone: "Europe/Kyiv", now };
  if (empty) return { ...town, cameras: 0, stops: 0, vehicles: 0 };
  return { ...town, bounds: [30.285, 50.194, 30.339, 50.229], cameras: 2, stops: 27, vehicles: 8 };
}

function searcher(events: readonly ApiEvent[], url: URL) {
  const found = searchAnswer(events, url);
  return (
    found && ((_: IncomingMessage, response: ServerResponse) => sendJson(response, found.body, found.status))
  );
}

function eventOf(events: readonly ApiEvent[], { pathname }: URL): object | undefined {
  if (pathname.endsWith("/neighbours")) return { neighbours: [], passages: "/v1/passages" };
  return events.find(({ links }) => links.self === pathname);
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 500\n\n");
  listeners.add(response);
  response.on("close", () => listeners.delete(response));
}

type MediaState = { clip: number; picture: number; readonly type: string };

function mediaSender(url: URL, { jpeg, strip, mp4 }: FakeMedia, state: MediaState) {
  const proxy = url.searchParams.get("codec") === "h264";
  const clip = proxy ? { clip: 0, type: "video/mp4" } : state;
  const senders: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    snapshot: (_, response) => sendJpeg(response, jpeg, state),
    filmstrip: (_, response) => sendStrip(response, strip),
    clip: (request, response) => sendClip(request, response, mp4, clip),
  };
  return senders[url.pathname.split("/").at(-1) ?? ""];
}

function sendJpeg(response: ServerResponse, jpeg: Buffer, state: { picture: number }) {
  if (state.picture > 0) {
    state.picture -= 1;
    return sendJson(response, { title: "Not found", status: 404 }, 404);
  }
  response.writeHead(200, { "content-type": "image/jpeg" }).end(jpeg);
}

function sendStrip(response: ServerResponse, strip: Buffer) {
  const headers = { "filmstrip-tile": "160x90", "filmstrip-offsets": "0.5, 1.5, 2.5, 3.5" };
  response.writeHead(200, { "content-type": "image/jpeg", ...headers }).end(strip);
}

function sendClip(
  request: IncomingMessage,
  response: ServerResponse,
  mp4: Buffer,
  state: { clip: number; readonly type: string },
) {
  if (state.clip > 0) {
    state.clip -= 1;
    response.setHeader("retry-after", "1");
    return sendJson(response, { title: "Too early", status: 425 }, 425);
  }
  const [, from = "0", to = ""] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? "") ?? [];
  const part = mp4.subarray(Number(from), to ? Number(to) + 1 : mp4.length);
  response.writeHead(206, {
    "content-type": state.type,
    "accept-ranges": "bytes",
    "content-range": `bytes ${from}-${Number(from) + part.length - 1}/${mp4.length}`,
    "content-length": part.length,
  });
  response.end(part);
}

function sendJson(response: ServerResponse, body: object, status = 200) {
  const type = status === 200 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}

/** The built page; every path that is no file is the page itself. */
async function sendPage(dist: string, path: string, response: ServerResponse) {
  const type = TYPES[extname(path)];
  const body = await readFile(join(dist, type ? path : "index.html")).catch(() => undefined);
  if (!body) return void response.writeHead(404).end();
  response
    .writeHead(200, { "content-type": type ?? "text/html; charset=utf-8", "content-security-policy": POLICY })
    .end(body);
}
