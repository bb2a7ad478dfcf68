import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { environOf, treeOf } from "./process-tree.ts";
import type { TownProcess } from "./town-process.ts";

const ANSWERS = [
  "/v1/cameras",
  "/v1/events?limit=200",
  "/v1/town",
  "/v1/vehicles",
  "/v1/openapi.json",
  "/metrics",
  "/healthz",
  "/",
];

/** Looks for a planted secret wherever it could come to light. @returns how many places were searched, and where it was found. */
export async function searchSecret(
  town: TownProcess,
  folder: string,
  secret: string,
): Promise<{ readonly places: number; readonly found: readonly string[] }> {
  const texts: { where: string; text: string }[] = [];
  for (const { pid, argv } of treeOf(town.pid)) {
    texts.push(
      { where: `argv of ${argv[0]}`, text: argv.join(" ") },
      { where: `environment of ${argv[0]}`, text: environOf(pid) },
    );
  }
  for (const path of ANSWERS) {
    const answer = await town.fetch(path);
    texts.push({ where: path, text: `${JSON.stringify([...answer.headers])} ${await answer.text()}` });
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // The address files themselves hold it by design.
    if (!entry.isFile() || entry.name.endsWith(".url")) continue;
    const path = join(entry.parentPath, entry.name);
    // What was being written when we looked has another name by now, or is gone.
    const text = await readFile(path, "latin1").catch(() => "");
    texts.push({ where: path, text });
  }
  return {
    places: texts.length,
    found: texts.filter(({ text }) => text.includes(secret)).map(({ where }) => where),
  };
}
