import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { environOf, listProcesses, treeOf } from "./process-tree.ts";
import type { TownProcess } from "./town-process.ts";

type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
/** Where something was searched for, and what stands there. */
export type Place = { readonly where: string; readonly text: string };

const METHODS = ["get", "post", "put", "patch", "delete"];
const PAGES = ["/v1/events?limit=200", "/v1/openapi.json", "/v1/asyncapi.json", "/docs", "/"];
/** Files that people write, and that hold secrets by design. */
const BY_DESIGN = /\.(url|header|secret|key)$/;
/** Magic numbers of what backups and exports are packed in. */
const PACKED = [
  { begins: "28b52ffd", unpack: zstdDecompressSync },
  { begins: "1f8b", unpack: gunzipSync },
] as const;

/** Looks for a planted secret in all of `listPlaces`. @returns how many places were searched, and where it was found. */
export async function searchSecret(
  town: TownProcess,
  folder: string,
  secret: string,
): Promise<{ readonly places: number; readonly found: readonly string[] }> {
  const places = await listPlaces(town, folder);
  return { places: places.length, found: placesOf(secret, places) };
}

/**
 * Wherever a secret could come to light: the command line of every process of this machine, the environment of the town's, every answer
 * of every operation, and every file of a folder, packed ones unpacked.
 */
export async function listPlaces(town: TownProcess, folder: string): Promise<readonly Place[]> {
  return [
    ...listProcesses().map(({ argv }) => ({ where: `argv of ${argv[0]}`, text: argv.join(" ") })),
    ...treeOf(town.pid).map(({ pid, argv }) => ({
      where: `environment of ${argv[0]}`,
      text: environOf(pid),
    })),
    ...(await answersOf(town)),
    ...(await filesBelow(folder)),
  ];
}

/** Where a secret stands, in any of its forms. */
export function placesOf(secret: string, places: readonly Place[]): readonly string[] {
  const forms = formsOf(secret);
  return places.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ where }) => where);
}

/** What everything that is described answers, also to questions that make no sense. */
async function answersOf(town: TownProcess): Promise<readonly Place[]> {
  const { paths } = await town.get<Description>("/v1/openapi.json");
  const [event] = await town.findAll("");
  const names: Readonly<Record<string, string>> = { camera: "yard", occurrence: event?.occurrence ?? "none" };
  const places: Place[] = [];
  const ask = async (method: string, path: string): Promise<void> => {
    const answer = await town.fetch(
      path,
      method === "get" ? {} : { method: method.toUpperCase(), body: "{}" },
    );
    const where = method === "get" ? path : `${method} ${path}`;
    places.push({ where, text: `${JSON.stringify([...answer.headers])} ${await answer.text()}` });
  };
  for (const [path, methods] of Object.entries(paths)) {
    // A stream never ends, and whoever signs out is answered no more.
    if (path.endsWith("/stream")) continue;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "none");
    for (const method of METHODS) {
      if (method in methods && !(method === "delete" && path === "/v1/session")) await ask(method, filled);
    }
  }
  for (const path of PAGES) await ask("get", path);
  return places;
}

/** Every file, packed ones unpacked. */
export async function filesBelow(folder: string): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || BY_DESIGN.test(entry.name)) continue;
    const where = join(entry.parentPath, entry.name);
    // What was being written when we looked has another name by now, or is gone.
    const bytes = await readFile(where).catch(() => Buffer.alloc(0));
    const packed = PACKED.find(({ begins }) => bytes.toString("hex", 0, begins.length / 2) === begins);
    places.push({ where, text: (packed ? packed.unpack(bytes) : bytes).toString("latin1") });
  }
  return places;
}

/** As it stands, and as it would stand in an address, in hexadecimal, and in Base64 behind a user's name of any length. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const packed = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // Its first and last characters share bits with what stands around it.
    return text.slice(before === 0 ? 0 : before + 1, -1);
  });
  return [secret, encodeURIComponent(secret), bytes.toString("hex"), ...packed];
}
