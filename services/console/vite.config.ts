import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    // Everything is a file of its own: a strict Content-Security-Policy forbids inline scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The map's own chunk is about 1.1 MB and loads after the page; more than that deserves a look.
    chunkSizeWarningLimit: 1200,
  },
  // `pnpm --filter @yardline/console dev` shows the page's sources on the data of a town that is running.
  server: { proxy: { "/v1": process.env["YARDLINE_URL"] ?? "http://127.0.0.1:8080" } },
});
