import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { compiledTexts, unparsing } from "./messages/build.ts";
import { beginning, residentTexts, residentWorker } from "./resident-build.ts";
import { passengersByPreact } from "./resident-preact.ts";

/** What is smaller gains nothing. */
const PACKED_BYTES_MIN = 1_024;

/** Puts each file's packed forms beside it, so that the town's box packs nothing while phones wait. */
const packed: Plugin = {
  name: "packed",
  // Tests serve a page once and throw it away.
  apply: (_config, { command, mode }) => command === "build" && mode !== "unpacked",
  async writeBundle({ dir = "" }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(?:js|mjs|css|svg|html|json)$/.test(name));
    for (const name of names) {
      const path = join(dir, name);
      const bytes = await readFile(path);
      if (bytes.length < PACKED_BYTES_MIN) continue;
      await Promise.all([
        writeFile(`${path}.br`, brotliCompressSync(bytes)),
        writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 })),
      ]);
    }
  },
};

const TOWN = process.env["YARDLINE_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), passengersByPreact, compiledTexts, unparsing, residentTexts, residentWorker, packed],
  build: {
    // Everything is a file of its own: a strict Content-Security-Policy forbids inline scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The map's own chunk is about 1.1 MB and loads after the page; more than that deserves a look.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: beginning(), debugName: "begin" }] } },
    },
  },
  // `pnpm --filter @yardline/console dev` shows the page's sources on the data of a town that is running.
  server: { proxy: { "/v1": TOWN, "/healthz": TOWN } },
});
