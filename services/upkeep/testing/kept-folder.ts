import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Archives of data folders that earlier releases left, one a format. */
const KEPT = join(import.meta.dirname, "../../../infra/fixtures");

/** A folder of one test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "yardline-upkeep-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A town's folder as Yardline 0.1.0 left it. */
export function unpackFormat1(into = makeFolder()): string {
  const folder = join(into, "town");
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = spawnSync("tar", ["-xzf", join(KEPT, "data-folder-0.1.0.tar.gz"), "-C", folder]);
  if (status !== 0) throw new Error(String(stderr));
  return folder;
}
