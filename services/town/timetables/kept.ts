import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@yardline/domain/errors";
import { syncFolder, writeWhole } from "@yardline/upkeep/durable";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";

/** One version of a feed as it is kept: `SHA256.zip` beside the list. */
const Kept = Type.Object({
  sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  /** Where it came from, as the settings say it. */
  source: Type.String(),
  /** Since which service day it may be followed. */
  from: Type.String({ pattern: "^\\d{8}$" }),
  /** From which service day on it is followed no more, since somebody went back to the one before. */
  until: Type.Optional(Type.String({ pattern: "^\\d{8}$" })),
  /** When it was taken; absent of what older releases kept. */
  taken_ms: Type.Optional(Type.Integer({ minimum: 0 })),
});
export type Kept = Static<typeof Kept>;

const List = Compile(Type.Object({ versions: Type.Array(Kept, { maxItems: 100 }) }));

const LIST = "versions.json";
const FETCHED = ".fetched.part";

/** The versions of one feed that a town was told to follow, as they came; on disk, so that it starts without anybody else. */
export class KeptVersions {
  readonly #folder: string;
  #list: readonly Kept[];

  private constructor(folder: string, list: readonly Kept[]) {
    this.#folder = folder;
    this.#list = list;
  }

  /** @throws AppError `TIMETABLE_KEPT` for a list that cannot be read. */
  static async open(folder: string): Promise<KeptVersions> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, LIST);
    if (!existsSync(path)) return new KeptVersions(folder, []);
    const value = jsonOf(await readFile(path, "utf8"));
    if (!List.Check(value)) {
      throw new AppError(
        "TIMETABLE_KEPT",
        `${path} is damaged; remove it, and the timetable is fetched anew.`,
      );
    }
    return new KeptVersions(folder, value.versions);
  }

  list(): readonly Kept[] {
    return this.#list;
  }

  pathOf({ sha256 }: Pick<Kept, "sha256">): string {
    return join(this.#folder, `${sha256}.zip`);
  }

  /** Where what is fetched lies until it is kept. */
  get fetched(): string {
    return join(this.#folder, FETCHED);
  }

  /** Keeps a file that is here; it is one of the versions only once `write` has them. */
  async keep(sha256: string, from = this.fetched): Promise<void> {
    await rename(from, this.pathOf({ sha256 }));
    await syncFolder(this.#folder);
  }

  /** Makes these the versions, and drops the files of others. On disk on resolve; a kill leaves the list before or this one. */
  async write(versions: readonly Kept[]): Promise<void> {
    await writeWhole(join(this.#folder, LIST), `${JSON.stringify({ versions }, undefined, 2)}\n`);
    this.#list = versions;
    const wanted = new Set([LIST, ...versions.map(({ sha256 }) => `${sha256}.zip`)]);
    for (const name of await readdir(this.#folder)) {
      if (!wanted.has(name)) await rm(join(this.#folder, name), { force: true });
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
