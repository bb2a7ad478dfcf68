import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { measureListeners } from "./api-listeners.ts";
import { measureLogins } from "./api-logins.ts";
import { measureSearch } from "./api-search.ts";

const FROM_MS = Date.parse("2026-01-01T00:00:00Z");
const TOWN = { events: 3_000, from_ms: FROM_MS, to_ms: FROM_MS + 40 * 86_400_000, seed: 1 };

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-bench-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

// Speed is for the bench to tell.
test("a small town is asked through the doors what its index is asked, and answers the same", {
  timeout: 120_000,
}, async () => {
  const figures = await measureSearch(await makeFolder(), TOWN, { rounds: 2, load_s: 1 }, () => undefined);
  expect(figures.filter(({ what }) => what.includes("through the doors"))).toHaveLength(10);
  const figureOf = (what: string) => figures.find((figure) => figure.what.startsWith(what))?.value;
  expect(figureOf("searches a second")).toBeGreaterThan(0);
  expect(figureOf("refused")).toBe(0);
});

test("every listener gets every event", { timeout: 120_000 }, async () => {
  const figures = await measureListeners({ listeners: 60, events_per_s: 10, seconds: 2 });
  expect(figures.find(({ what }) => what.startsWith("delivered"))?.value).toBe(1);
});

test("guesses are told to wait, a dispatcher is not refused", { timeout: 120_000 }, async () => {
  const figures = await measureLogins(await makeFolder(), { attempts_per_s: 200, seconds: 2 });
  const figureOf = (what: string) => figures.find((figure) => figure.what.startsWith(what))?.value ?? 0;
  expect(figureOf("of them told to wait")).toBeGreaterThan(figureOf("of them looked at"));
  expect(figureOf("refused to the dispatcher")).toBe(0);
});
