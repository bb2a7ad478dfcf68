import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Message, readMessage } from "@yardline/publishing/realtime-check/message";
import { duePlace_m } from "@yardline/timetable/along";
import { loadTimetable } from "@yardline/timetable/gtfs";
import { dateAt, originOf } from "@yardline/timetable/service-day";
import { groundAt } from "@yardline/timetable/testing";
import type { Run } from "@yardline/timetable/timetable";
import { stringify } from "yaml";
import { freePort } from "../backends/free-port.ts";
import { percentile } from "../soak/percentile.ts";
import { pssOf, treeOf } from "../soak/process-tree.ts";
import { TownProcess } from "../soak/town-process.ts";
import { ALL_UNDER_WAY_S, BUSES_A_LINE, cityZip } from "./city.ts";
import type { Figure } from "./figure.ts";
import { load } from "./http-load.ts";
import { Hubs, type SentPlace } from "./hubs.ts";
import { cpuMsOf } from "./thread-cpu.ts";

const ROOT = join(import.meta.dirname, "../..");
const FIX_EVERY_S = 10;
const SPEED_MPS = 500 / 150;
const LOOK_MS = 200;
const UPDATES_LOOK_MS = 1000;
const CONNECTIONS = 16;
/** People wait at some stops rather than at all of them. */
const STOPS_ASKED = 100;
/** A server is as fast as it is once its code is compiled. */
const WARM_MS = 3_000;

const SHARE_OF_CORE_MOST = 1;
const VISIBLE_S_MOST = 2;
const UPDATED_S_MOST = 12;
const BOARDS_LEAST = 3_000;
const BOARD_MS_MOST = 20;

export type LiveRun = {
  readonly buses: number;
  /** Before anything is measured: until each bus was placed. */
  readonly settle_s: number;
  readonly seconds: number;
  readonly load_s: number;
};

/**
 * A whole town in a process of its own, with its bus on disk and its HTTP door: a made city's buses report to it over EGTS, and
 * what it serves is fetched as a consumer would. Then its boards are asked for as fast as it answers.
 */
export async function measureTown({ buses, settle_s, seconds, load_s }: LiveRun): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  const zone = "Etc/UTC";
  const began_ms = Date.now() - ALL_UNDER_WAY_S * 1000;
  const from_s = Math.floor((began_ms - originOf(dateAt(began_ms, zone), zone)) / 1000);
  const zip = await cityZip(Math.ceil(buses / BUSES_A_LINE), from_s, zone);
  const timetable = await loadTimetable(zip, "city");
  const runs = [...timetable.runsActiveAt(Date.now(), { early_s: 0, late_s: 0 }).values()].flatMap((active) =>
    active.slice(-BUSES_A_LINE),
  );
  const [port, tracker_port] = [await freePort(), await freePort()];
  await writeFile(join(folder, "gtfs.zip"), zip);
  await writeFile(
    join(folder, "town.yaml"),
    stringify({
      town: { name: "City", tenant: "city" },
      gtfs: { feed: "city", from: "gtfs.zip" },
      trackers: [{ protocol: "egts", port: tracker_port }],
      unknown_devices: "accept",
    }),
  );
  const files = {
    config: join(folder, "town.yaml"),
    folder: join(folder, "data"),
    log: join(folder, "town.log"),
  };
  const town = new TownProcess(ROOT, { ...files, port });
  try {
    await town.start();
    const hubs = await Hubs.open(tracker_port, runs.length);
    const watch = new Watch(town.address);
    const stop = new AbortController();
    const driving = drive(runs, hubs, watch, stop.signal);
    await wait(settle_s * 1000);
    watch.begin();
    const before = { cpu_ms: cpuOfTree(town.pid), fixes: await fixesTaken(town) };
    const looking = [watch.positions(stop.signal), watch.updates(stop.signal)];
    await wait(seconds * 1000);
    const cpu_s = (cpuOfTree(town.pid) - before.cpu_ms) / 1000;
    const fixes = (await fixesTaken(town)) - before.fixes;
    const pss_mb = treeOf(town.pid).reduce((sum, { pid }) => sum + pssOf(pid), 0) / 1e6;
    stop.abort();
    await Promise.all([driving, ...looking]);
    hubs.close();
    const boards = await measureBoards(town, port, [...timetable.stops.keys()], load_s);
    return [
      ...watch.figures(runs.length),
      // Where the machine has no time to spare the town falls behind: what a fix costs says more than what it used.
      { what: "fixes taken in a second", value: fixes / seconds, unit: "" },
      {
        what: `share of a core for all ${runs.length} buses, whole town with feeds`,
        value: ((cpu_s / fixes) * runs.length) / FIX_EVERY_S,
        unit: "",
        budget: { most: SHARE_OF_CORE_MOST },
      },
      { what: "PSS, whole town", value: pss_mb, unit: "MB" },
      ...boards,
    ];
  } finally {
    await town.kill();
    await rm(folder, { recursive: true });
  }
}

/** Each bus each ten seconds, a tenth of them each second. */
async function drive(runs: readonly Run[], hubs: Hubs, watch: Watch, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const now_ms = Date.now();
    const at_ms = now_ms - (now_ms % 1000);
    const places = new Map<number, SentPlace>();
    for (const [bus, run] of runs.entries()) {
      if (bus % FIX_EVERY_S !== (at_ms / 1000) % FIX_EVERY_S) continue;
      const place = groundAt(run.trip.pattern, duePlace_m(run, at_ms - (bus % 60) * 1000));
      places.set(bus, { ...place, at_ms, speed_mps: SPEED_MPS });
    }
    watch.sent(places.keys(), at_ms);
    hubs.send(places);
    await wait(1000 - (Date.now() % 1000));
  }
}

/** What is served beside what was sent. */
class Watch {
  readonly #address: string;
  /** When the fix of a bus at an instant was sent: by `bus@seconds`. */
  readonly #sent_ms = new Map<string, number>();
  readonly #visible_s: number[] = [];
  readonly #made_s: number[] = [];
  readonly #bytes = { positions: 0, updates: 0, trips: 0 };
  #begun = false;

  constructor(address: string) {
    this.#address = address;
  }

  begin(): void {
    this.#begun = true;
  }

  sent(buses: Iterable<number>, at_ms: number): void {
    const now_ms = Date.now();
    if (this.#begun) for (const bus of buses) this.#sent_ms.set(`${bus + 1}@${at_ms / 1000}`, now_ms);
  }

  async positions(signal: AbortSignal): Promise<void> {
    for await (const { message, bytes } of this.#fetches("vehicle-positions", LOOK_MS, signal)) {
      const now_ms = Date.now();
      this.#bytes.positions = bytes;
      for (const { id, vehicle } of message.entity ?? []) {
        const fix = `${id}@${vehicle?.timestamp}`;
        const sent_ms = this.#sent_ms.get(fix);
        if (sent_ms === undefined) continue;
        this.#visible_s.push((now_ms - sent_ms) / 1000);
        this.#sent_ms.delete(fix);
      }
    }
  }

  async updates(signal: AbortSignal): Promise<void> {
    for await (const { message, bytes } of this.#fetches("trip-updates", UPDATES_LOOK_MS, signal)) {
      this.#bytes.updates = bytes;
      this.#bytes.trips = message.entity?.length ?? 0;
      this.#made_s.push(message.header?.timestamp ?? 0);
    }
  }

  figures(buses: number): readonly Figure[] {
    const gaps_s = this.#made_s.slice(1).map((made_s, i) => made_s - (this.#made_s[i] ?? made_s));
    return [
      {
        what: `${buses} buses over EGTS, a fix each ${FIX_EVERY_S} s: fixes seen in the feed`,
        value: this.#visible_s.length,
        unit: "",
      },
      {
        what: "fix sent to visible in the served VehiclePositions, p50",
        value: percentile(this.#visible_s, 0.5),
        unit: "s",
      },
      {
        what: "fix sent to visible in the served VehiclePositions, p95",
        value: percentile(this.#visible_s, 0.95),
        unit: "s",
        budget: { most: VISIBLE_S_MOST },
      },
      {
        what: "TripUpdates rebuilt, p95 of the time between two",
        value: percentile(gaps_s, 0.95),
        unit: "s",
        budget: { most: UPDATED_S_MOST },
      },
      { what: "trips in TripUpdates", value: this.#bytes.trips, unit: "" },
      { what: "TripUpdates served", value: this.#bytes.updates / 1e6, unit: "MB" },
      { what: "VehiclePositions served", value: this.#bytes.positions / 1e6, unit: "MB" },
    ];
  }

  /** Conditional requests, as good consumers make them: only what is new. */
  async *#fetches(
    feed: string,
    every_ms: number,
    signal: AbortSignal,
  ): AsyncIterable<{ readonly message: Message; readonly bytes: number }> {
    let etag = "";
    while (!signal.aborted) {
      const answer = await fetch(`${this.#address}/gtfs-realtime/${feed}.pb`, {
        headers: { "if-none-match": etag },
      });
      const body = new Uint8Array(await answer.arrayBuffer());
      if (answer.status === 200) {
        etag = answer.headers.get("etag") ?? "";
        yield { message: readMessage(body), bytes: body.length };
      }
      await wait(every_ms);
    }
  }
}

/** Stops in turn, over a few connections; requests by the CPU time of the town alone, whose client and neighbours want CPU too. */
async function measureBoards(
  town: TownProcess,
  port: number,
  stop_ids: readonly string[],
  load_s: number,
): Promise<readonly Figure[]> {
  const asked = stop_ids.slice(0, STOPS_ASKED);
  const path = (request: number) => `/v1/stops/${asked[request % asked.length]}/arrivals`;
  await load(port, path, { connections: CONNECTIONS, for_ms: WARM_MS });
  const before_ms = cpuOfTree(town.pid);
  const { answers, took_ms, refused } = await load(port, path, {
    connections: CONNECTIONS,
    for_ms: load_s * 1000,
  });
  const cpu_s = (cpuOfTree(town.pid) - before_ms) / 1000;
  return [
    { what: "boards a CPU second", value: answers / cpu_s, unit: "", budget: { least: BOARDS_LEAST } },
    { what: "boards a second", value: answers / load_s, unit: "" },
    {
      what: `board over ${CONNECTIONS} connections, p99`,
      value: percentile(took_ms, 0.99),
      unit: "ms",
      budget: { most: BOARD_MS_MOST },
    },
    { what: "boards refused", value: refused, unit: "", budget: { most: 0 } },
  ];
}

async function fixesTaken(town: TownProcess): Promise<number> {
  const answer = await fetch(`${town.address}/metrics`);
  return Number(/^yardline_transit_fixes_total\{fate="taken"\} (\d+)/m.exec(await answer.text())?.[1] ?? 0);
}

function cpuOfTree(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + cpuMsOf(each.pid), 0);
}
