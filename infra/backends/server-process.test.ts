import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "./free-port.ts";
import { findServer, type ServerCommand, startServer } from "./server-process.ts";

async function command(script: string, more: Partial<ServerCommand> = {}): Promise<ServerCommand> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-server-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const isReady = async () => true;
  return { name: "thing", folder, program: "bash", args: ["-c", script], detached: false, isReady, ...more };
}

test("one that ends at once is told with its last words", async () => {
  const started = startServer(
    await command("seq 1 100; echo no port >&2; exit 3", { isReady: async () => false }),
  );
  await expect(started).rejects.toMatchObject({
    code: "BACKEND_FAILED",
    message: expect.stringMatching(
      /^thing did not start: it ended\. Its last words:\n87\n(.*\n)+100\nno port$/,
    ),
  });
});

test("one that never answers is told and not left running", async () => {
  const given = await command("echo $$; exec sleep 60", { isReady: async () => false, ready_ms_max: 300 });
  await expect(startServer(given)).rejects.toMatchObject({ message: expect.stringMatching(/within 0.3 s/) });
  expect(findServer(given.folder, "thing")).toBeUndefined();
});

test("one that runs already is given instead of a second one", async () => {
  const given = await command("exec sleep 60");
  const first = await startServer(given);
  expect((await startServer(given)).pid).toBe(first.pid);
  await first.stop();
  expect([first.isAlive(), findServer(given.folder, "thing")]).toEqual([false, undefined]);
});

test("a pid that belongs to somebody else by now is left alone", async () => {
  const given = await command("exec sleep 60");
  await writeFile(join(given.folder, "thing.pid"), `${process.pid} 12345 SIGKILL`);
  expect(findServer(given.folder, "thing")).toBeUndefined();
});

test("one that ignores the signal to end is killed when its time is over", { timeout: 40_000 }, async () => {
  const given = await command("trap '' TERM; echo deaf; while true; do sleep 0.1; done");
  const log = join(given.folder, "thing.log");
  const server = await startServer({ ...given, isReady: async () => (await readFile(log, "utf8")) !== "" });
  const began_ms = performance.now();
  await server.stop();
  expect(server.isAlive()).toBe(false);
  expect(performance.now() - began_ms).toBeGreaterThan(5_000);
});

test("a free port is free, with those beside it", async () => {
  const port = await freePort(3);
  for (const at of [0, 1, 2, 3]) {
    const server = createServer().listen(port + at, "127.0.0.1");
    await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
    server.close();
  }
});
