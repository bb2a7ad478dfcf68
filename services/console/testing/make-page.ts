import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

/** Builds the page as a town gets it, but for the packing. @returns the folder, which is the caller's to remove. */
export async function makePage(): Promise<string> {
  const dist = await mkdtemp(join(tmpdir(), "yardline-page-"));
  await build({
    root: join(import.meta.dirname, ".."),
    logLevel: "error",
    mode: "unpacked",
    build: { outDir: dist, emptyOutDir: true },
  });
  return dist;
}
