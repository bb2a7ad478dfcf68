import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";

/**
 * Vitest's global set-up: the page is built when the first test of the run asks for it (`buildPage`), once for all of them; a run of
 * other tests waits for none.
 * @returns what ends it.
 */
export async function setup(): Promise<() => Promise<void>> {
  let built: Promise<string> | undefined;
  const build = async () => {
    // Vite is loaded by those alone who need it.
    const { makePage } = await import("./make-page.ts");
    return await makePage();
  };
  const door = createServer(async (_request, response) => {
    built ??= build();
    try {
      response.end(await built);
    } catch (thrown) {
      response.writeHead(500).end(String(thrown));
    }
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  const address = door.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  process.env["YARDLINE_TEST_PAGE"] = `http://127.0.0.1:${port}/`;
  return async () => {
    door.close();
    door.closeAllConnections();
    const [dist] = await Promise.allSettled([built]);
    if (dist.status === "fulfilled" && dist.value !== undefined)
      await rm(dist.value, { recursive: true, force: true });
  };
}
