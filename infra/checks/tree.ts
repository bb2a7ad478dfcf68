import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The checkout's own folder. */
export const ROOT = join(import.meta.dirname, "../..");

/** Paths of every file that git keeps or would keep, relative to the root. */
export function listFiles(): readonly string[] {
  const list = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--deduplicate"], { cwd: ROOT });
  return list
    .toString()
    .split("\n")
    .filter((path) => path !== "" && !deleted(path));
}

function deleted(path: string): boolean {
  try {
    readText(path);
    return false;
  } catch {
    return true;
  }
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The rooms in the order in which data meets them; a room may import only those before it. */
export const ROOMS = [
  "domain",
  "sources",
  "frames",
  "detection",
  "tracking",
  "timetable",
  "matching",
  "prediction",
  "rules",
  "events",
  "bus",
  "index",
  "records",
  "audit",
  "secrets",
  "history",
  "media",
  "privacy",
  "operations",
  "permission",
  "identity",
  "incidents",
  "tenancy",
  "reminders",
  "publishing",
  "evidence",
  "telemetry",
  "testkit",
] as const;

/** Folders that hold code and must explain themselves. */
export function listPackages(files: readonly string[]): readonly string[] {
  return files.filter((path) => path.endsWith("/package.json")).map((path) => dirname(path));
}

/** Every specifier that a source file imports, types included. */
export function importsOf(source: string): readonly string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(
    ([, specifier = ""]) => specifier,
  );
}
