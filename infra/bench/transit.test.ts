import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { measureLive } from "./transit-live.ts";
import { measureReplay } from "./transit-replay.ts";
import { measureTown } from "./transit-town.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/transport/capmetro-2015-06-07");

// Speed is for the bench to tell.
test.skipIf(!existsSync(FOLDER))(
  "two hours of a recorded day are matched, predicted and published (needs ../shared/data)",
  async () => {
    const figures = await measureReplay(FOLDER, "2015-06-07", 2);
    expect(figures.map(({ what }) => what.replace(/\d+ fixes/, "N fixes"))).toEqual([
      "2 h of N fixes replayed: CPU",
      "of it parse",
      "of it match",
      "of it predict",
      "of it publish",
      "feeds written",
    ]);
    expect(figures.at(-1)?.value).toBeGreaterThan(0.05);
  },
);

test("live buses are in both feeds and on the boards", async () => {
  const figures = new Map((await measureLive(100, 11)).map(({ what, value }) => [what, value]));
  expect(figures.get("VehiclePositions")).toBeGreaterThan(0.005);
  expect(figures.get("TripUpdates")).toBeGreaterThan(0.01);
  expect(figures.get("boards a CPU second")).toBeGreaterThan(0);
});

test("a whole town over EGTS and HTTP: fixes are seen in what it serves, and boards are answered", {
  timeout: 120_000,
}, async () => {
  const figures = await measureTown({ buses: 100, settle_s: 8, seconds: 6, load_s: 1 });
  const figureOf = (what: string) => figures.find((figure) => figure.what.includes(what))?.value;
  expect(figureOf("fixes seen in the feed")).toBeGreaterThan(0);
  expect(figureOf("trips in TripUpdates")).toBeGreaterThan(50);
  expect(figureOf("boards a CPU second")).toBeGreaterThan(0);
  expect(figureOf("boards refused")).toBe(0);
});
