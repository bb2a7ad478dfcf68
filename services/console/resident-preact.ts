import { join } from "node:path";
import type { Plugin } from "vite";

const ROOT = `${import.meta.dirname}/`;
const START = join(ROOT, "resident/start.tsx");
/** What passengers' program and desks share is built twice, once for each: their own ends with this. */
const PASSENGERS = "?passengers";

const CARRIER: Readonly<Record<string, string>> = {
  react: "preact/compat",
  "react-dom": "preact/compat",
  "react-dom/client": "preact/compat/client",
  "react/jsx-runtime": "preact/jsx-runtime",
  "react/jsx-dev-runtime": "preact/jsx-runtime",
};

/**
 * Passengers' program, written as everything here for React, is carried by Preact in the build: react-dom alone is more than half of what
 * a phone would have to load and to read. Desks keep React.
 */
export const passengersByPreact: Plugin = {
  name: "passengers-by-preact",
  apply: "build",
  enforce: "pre",
  async resolveId(source, importer, options) {
    const theirs = importer?.endsWith(PASSENGERS) ?? false;
    const from = importer?.replace(PASSENGERS, "");
    const found = await this.resolve((theirs && CARRIER[source]) || source, from, {
      ...options,
      skipSelf: true,
    });
    if (!found || found.external || !(theirs || found.id === START)) return found;
    const isOurs = found.id.startsWith(ROOT) && !found.id.includes("/node_modules/");
    return isOurs && /\.tsx?$/.test(found.id) ? { ...found, id: found.id + PASSENGERS } : found;
  },
};
