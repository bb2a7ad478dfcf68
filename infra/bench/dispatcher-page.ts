import { launchBrowser } from "@yardline/console/testing/browser";
import { manyEvents } from "@yardline/console/testing/fake-events";
import { fakeCameras } from "@yardline/console/testing/fake-network";
import { type FakeTown, startFakeTown } from "@yardline/console/testing/fake-town";
import type { Figure } from "./figure.ts";
import { memoryOf, type PageMemory, traceWork } from "./page-work.ts";

type ApiEvent = Parameters<FakeTown["emit"]>[0];

/** How much the dispatcher's page has to bear. */
export type Duty = {
  readonly markers: number;
  /** Of the markers, those that drive. */
  readonly buses: number;
  readonly events_per_s: number;
  /** How long its frames are looked at. */
  readonly seconds: number;
  /** After so many events its memory is looked at. */
  readonly events: readonly number[];
};

/** As many come in a second while only memory is looked at: ten thousand at their true pace would take a quarter of an hour. */
const HURRY_PER_S = 250;
const MB = 1_048_576;
/** A picture of one grey point: pictures are the browser's work. */
const PIXEL = Buffer.from(
  "/9j/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z",
  "base64",
);

/** The dispatcher's desk with its map on a large town and a busy hour: every event is one to act on, so that each changes the queue. */
export async function measureDispatcher(dist: string, duty: Duty): Promise<readonly Figure[]> {
  const town = await startFakeTown({
    ...{ dist, media: { jpeg: PIXEL, strip: PIXEL, mp4: Buffer.alloc(0) }, events: [] },
    ...{ cameras: manyCameras(duty.markers - duty.buses), vehicles: duty.buses },
  });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: "uk-UA", viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${town.url}/duty`);
    await page
      .locator(".maplibregl-marker")
      .nth(duty.markers - 1)
      .waitFor({ state: "attached" });
    const events = newEvents();
    const work = await traceWork(browser, () =>
      emit(town, events, duty.events_per_s, duty.events_per_s * duty.seconds),
    );
    const devtools = await context.newCDPSession(page);
    const held: PageMemory[] = [];
    let emitted = duty.events_per_s * duty.seconds;
    for (const count of duty.events) {
      await emit(town, events, HURRY_PER_S, count - emitted);
      emitted = count;
      await page.waitForTimeout(1_000);
      held.push(await memoryOf(devtools));
    }
    const rows = await page.locator(".queue-list > li").count();
    return [
      {
        what: `dispatcher's page, ${duty.markers} markers, ${duty.events_per_s} events/s: frames`,
        value: work.frames,
        unit: "frames",
      },
      figure("scripting and layout a frame, p95 (processor time)", at(work.perFrame_ms, 0.95), "ms", 8),
      figure("the longest task (processor time)", work.longest_ms, "ms", 50),
      { what: "rows of its queue", value: rows, unit: "rows" },
      ...duty.events.flatMap((count, place) => memoryFigures(count, held[place], held[0])),
    ];
  } finally {
    await browser.close();
    await town.close();
  }
}

const figure = (what: string, value: number, unit: string, most: number): Figure => ({
  what,
  value,
  unit,
  budget: { most },
});
const at = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Flat: a tenth more than at first is what a heap's own order costs. */
const FLAT = 1.1;

function memoryFigures(
  count: number,
  held: PageMemory | undefined,
  first: PageMemory | undefined,
): readonly Figure[] {
  if (!held || !first) return [];
  const flat = (value: number) => (held === first ? {} : { budget: { most: value * FLAT } });
  return [
    {
      what: `heap after ${count} events`,
      value: held.heap_bytes / MB,
      unit: "MB",
      ...flat(first.heap_bytes / MB),
    },
    { what: `nodes after ${count} events`, value: held.nodes, unit: "nodes", ...flat(first.nodes) },
    {
      what: `listeners after ${count} events`,
      value: held.listeners,
      unit: "listeners",
      ...flat(first.listeners),
    },
  ];
}

function manyCameras(count: number) {
  const [camera] = fakeCameras(Date.now());
  if (!camera) throw new Error("The invented town has no camera.");
  return Array.from({ length: count }, (_, nth) => ({
    ...camera,
    ...{ id: `camera-${nth}`, name: `Двір ${nth}` },
    place: { latitude: 50.196 + ((nth * 7) % 320) / 10_000, longitude: 30.287 + ((nth * 13) % 500) / 10_000 },
  }));
}

/** Events as they come: each of its own, now, and to be acted on. */
function* newEvents(): Generator<ApiEvent, never> {
  const [like] = manyEvents(1, Date.now());
  if (!like) throw new Error("The invented town has no event.");
  for (let nth = 0; ; nth += 1) {
    const at_ms = Date.now();
    const occurrence = `${at_ms.toString(16).padStart(12, "0")}${nth.toString(16).padStart(20, "0")}`;
    yield {
      ...like,
      ...{ occurrence, id: `${occurrence}.0`, time: new Date(at_ms).toISOString(), severity: "notice" },
      ...{ data: { ...like.data, track: `track-${nth}` }, links: { self: `/v1/events/${occurrence}` } },
    };
  }
}

async function emit(
  town: FakeTown,
  events: Iterator<ApiEvent, never>,
  per_s: number,
  count: number,
): Promise<void> {
  const begun_ms = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    const due_ms = begun_ms + (sent * 1_000) / per_s;
    await new Promise((done) => setTimeout(done, Math.max(0, due_ms - performance.now())));
    town.emit(events.next().value);
  }
}
