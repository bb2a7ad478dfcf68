import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";
import { compileMessage, type Message } from "./message.ts";

/** Texts of one language by their keys, as they stand in its file. */
export type Texts = Readonly<Record<string, string>>;

export const compileTexts = (texts: Texts): Readonly<Record<string, Message>> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, compileMessage(text)]));

const TEXTS = /\/messages\/(?:uk|ru|en)\.json$/;

/** The page's texts go into the build compiled. */
export const compiledTexts: Plugin = {
  name: "compiled-texts",
  apply: "build",
  enforce: "pre",
  async load(id) {
    if (!TEXTS.test(id)) return undefined;
    return JSON.stringify(compileTexts(JSON.parse(await readFile(id, "utf8")) as Texts));
  },
};

const PARSER = "@formatjs/icu-messageformat-parser";

/** Then nothing of the build reads ICU syntax, and what reads it, a sixth of passengers' program, stays out. */
export const unparsing: Plugin = {
  name: "unparsing",
  apply: "build",
  enforce: "pre",
  resolveId(source, importer) {
    return source === PARSER ? this.resolve(`${PARSER}/no-parser.js`, importer) : undefined;
  },
};
