import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fadedAt, personalUntil } from "@yardline/events/fade";
import { eventually } from "@yardline/testkit/eventually";
import { handClock } from "@yardline/testkit/hand-clock";
import { expect, onTestFinished, test } from "vitest";
import { openElasticIndex } from "./elastic.ts";
import { stayAt } from "./scenes.ts";
import { makeElasticPlace } from "./testing/elastic-place.ts";
import { searchAll } from "./testing/place.ts";

const HOUR_MS = 3_600_000;
const begin_ms = Date.parse("2026-11-09T12:00:00Z");
/** Characters of what was planted that are looked for: the server packs, so that not all of it lies together. */
const SLICE = 20;

/** An event whose personal fields are so long and random that no packing makes them unreadable. */
function planted(at_ms: number, camera: string) {
  const snapshot = randomBytes(3_000).toString("base64url");
  const event = stayAt(at_ms);
  return { snapshot, event: { ...event, source: `camera/${camera}`, data: { ...event.data, snapshot } } };
}

test("bytes of personal fields are gone from every file of the server within the time that the address allows", {
  timeout: 300_000,
}, async () => {
  const place = await makeElasticPlace();
  const clock = handClock(begin_ms);
  const url = `${place.server}/?prefix=${place.prefix}&expunge_h=2`;
  const index = await openElasticIndex({ url, clock });
  onTestFinished(async () => {
    await index.close();
    await place.remove();
  });
  const [one, held, erased] = [
    planted(begin_ms, "yard"),
    planted(begin_ms + 1, "gate"),
    planted(begin_ms + 2, "shop"),
  ];
  const all = { one, held, erased };
  const { nodes } = JSON.parse(await place.ask("GET", "_nodes/_local/settings"));
  const home: string =
    Object.values<{ settings: { path: { home: string } } }>(nodes)[0]?.settings.path.home ?? "";
  /** Whose planted bytes any file of the server holds. */
  const grep = async () => {
    const found = new Set<string>();
    for (const file of await readdir(join(home, "data"), { recursive: true, withFileTypes: true })) {
      // Files go while they are listed.
      const bytes = file.isFile()
        ? await readFile(join(file.parentPath, file.name)).catch(() => undefined)
        : undefined;
      for (const [name, { snapshot }] of Object.entries(all)) {
        const slices = snapshot.match(new RegExp(`.{${SLICE}}`, "g")) ?? [];
        if (slices.some((slice) => bytes?.includes(slice))) found.add(name);
      }
    }
    return Object.keys(all).filter((name) => found.has(name));
  };
  const holds = [{ source: "camera/gate", from_ms: begin_ms - 1, to_ms: begin_ms + HOUR_MS }];

  await index.put([one.event, held.event, erased.event]);
  await place.ask("POST", `${place.prefix}-*/_flush`);
  expect(await grep()).toEqual(["one", "held", "erased"]);

  const due_ms = Math.max(...[one, held, erased].map(({ event }) => personalUntil(event) ?? 0));
  expect(await index.fade(due_ms - 3, holds)).toBe(0);
  clock.setNow(due_ms);
  await index.erase([erased.event.occurrence]);
  expect(await index.fade(due_ms, holds)).toBe(1);
  expect(await index.get(one.event.occurrence)).toEqual(fadedAt(one.event, due_ms));
  // Before the address allows it nothing is written anew: the bytes are still there.
  expect(await index.fade(due_ms + HOUR_MS, holds)).toBe(0);
  expect(await grep()).toEqual(["one", "held", "erased"]);
  // The server waits half a minute for what replicas could say.
  await eventually(async () => {
    clock.advance(2 * HOUR_MS + 120_000);
    await index.fade(clock.now_ms(), holds);
    expect(await grep()).toEqual(["held"]);
  }, 110_000);
  expect(await index.get(held.event.occurrence)).toEqual(held.event);

  // The hold is over.
  expect(await index.fade(clock.now_ms())).toBe(1);
  await eventually(async () => {
    clock.advance(2 * HOUR_MS + 120_000);
    await index.fade(clock.now_ms());
    expect(await grep()).toEqual([]);
  }, 110_000);
  await index.refresh();
  const skeletons = await searchAll(index, { where: { op: "is", field: "label", values: ["person"] } });
  expect(skeletons.map(({ source }) => source)).toEqual(["camera/gate", "camera/yard"]);
});
