import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Rolldown } from "vite";
import { build, type Plugin } from "vite";
import { compileTexts, type Texts } from "./messages/build.ts";

type Bundle = Rolldown.OutputBundle;

const ROOT = import.meta.dirname;
const LANGUAGES = ["uk", "ru", "en"] as const;
/** Where passengers' pages have their words from. */
const SAYING = ["resident", "stops", "elements", "map", "page/map-boundary.tsx"];
const MAIN = join(ROOT, "main.tsx");
const ALWAYS_KEPT = ["/favicon.svg", "/icon-192.png"];

/** Leaves of all texts those that passengers' pages say, in all three languages: desks may grow as they like. */
export const residentTexts: Plugin = {
  name: "resident-texts",
  apply: "build",
  enforce: "pre",
  async load(id) {
    if (!id.includes("/resident/texts.ts")) return undefined;
    const sources = (await Promise.all(SAYING.map((path) => readAll(join(ROOT, path))))).join("\n");
    const texts = await Promise.all(
      LANGUAGES.map(async (language) => {
        const all = JSON.parse(await readFile(join(ROOT, `messages/${language}.json`), "utf8")) as Texts;
        return [
          language,
          compileTexts(
            Object.fromEntries(Object.entries(all).filter(([key]) => sources.includes(`"${key}"`))),
          ),
        ];
      }),
    );
    return `export const TEXTS = ${JSON.stringify(Object.fromEntries(texts))};`;
  },
};

/**
 * Puts everything that a page begins with, the passengers' whole, into one file: on a slow line each further one costs half a second. Found by
 * its imports, so that nobody keeps a list of them.
 */
export function beginning(): Rolldown.CodeSplittingNameFunction {
  const begin = new Set<string>();
  return (id, graph) => {
    const add = (each: string): void => {
      if (begin.has(each)) return;
      begin.add(each);
      for (const imported of graph.getModuleInfo(each)?.importedIds ?? []) add(imported);
    };
    if (begin.size === 0) add(MAIN);
    return begin.has(id) ? "begin" : undefined;
  };
}

async function readAll(path: string): Promise<string> {
  if (/\.tsx?$/.test(path)) return readFile(path, "utf8");
  const names = await readdir(path);
  const sources = names.filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."));
  return (await Promise.all(sources.map((name) => readFile(join(path, name), "utf8")))).join("\n");
}

/** Builds the service worker beside the page, with the names of what it keeps. */
export const residentWorker: Plugin = {
  name: "resident-worker",
  apply: "build",
  async writeBundle({ dir = "" }, bundle) {
    const files = [...new Set([...entriesOf(bundle), ...ALWAYS_KEPT])];
    const html = await readFile(join(dir, "index.html"));
    const name = createHash("sha256").update(files.join("\n")).update(html).digest("hex").slice(0, 16);
    const outDir = await mkdtemp(join(tmpdir(), "yardline-worker-"));
    await build({
      configFile: false,
      publicDir: false,
      logLevel: "error",
      define: { KEPT_FILES: JSON.stringify(files), KEPT_NAME: JSON.stringify(name) },
      build: {
        ...{ outDir, modulePreload: false },
        rolldownOptions: {
          input: join(ROOT, "worker/worker.ts"),
          output: { format: "iife", entryFileNames: "worker.js" },
        },
      },
    });
    await writeFile(join(dir, "worker.js"), await readFile(join(outDir, "worker.js")));
    await rm(outDir, { recursive: true });
  },
};

/** What every page begins with, passengers' pages whole. */
function entriesOf(bundle: Bundle): readonly string[] {
  return Object.values(bundle).flatMap((each) =>
    each.type === "chunk" && each.moduleIds.includes(MAIN) ? withStatic(bundle, each.fileName) : [],
  );
}

/** A chunk, its styles, and those that it cannot begin without. */
function withStatic(bundle: Bundle, first: string): readonly string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== "chunk" || found.has(`/${name}`)) return;
    found.add(`/${name}`);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(`/${style}`);
    for (const imported of chunk.imports) add(imported);
  };
  add(first);
  return [...found];
}
