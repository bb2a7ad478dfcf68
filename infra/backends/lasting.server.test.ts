import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "@yardline/testkit/eventually";
import { expect, onTestFinished, test } from "vitest";
import { BACKENDS, PORTS_BESIDE } from "./backends.ts";
import { freePort } from "./free-port.ts";
import { startLasting, statusOf, stopLasting } from "./lasting.ts";

const starter = join(import.meta.dirname, "fixtures/start-and-leave.ts");

test.for(BACKENDS)(
  "$name outlives who started it, is found again, and ends when told",
  { timeout: 180_000 },
  async (backend) => {
    const root = await mkdtemp(join(tmpdir(), "yardline-backends-"));
    const here = { ...backend, port: await freePort(PORTS_BESIDE) };
    onTestFinished(async () => {
      await stopLasting(root, here);
      await rm(root, { recursive: true });
    });
    const { name } = backend;
    expect(await statusOf(root, here)).toEqual({ name, pids: [], address: undefined, answers: false });

    await promisify(execFile)(process.execPath, [starter, root, name, `${here.port}`]);
    const running = await statusOf(root, here);
    expect(running).toEqual({
      name,
      pids: [expect.any(Number)],
      address: expect.stringContaining(`127.0.0.1:${here.port}`),
      answers: true,
    });
    expect(await startLasting(root, here)).toEqual(running);

    const [pid = 0] = running.pids;
    process.kill(pid, "SIGSTOP");
    // On a busy machine it takes a moment until all its threads stand still.
    const frozen = { ...running, answers: false };
    if (name !== "postgres") {
      await eventually(async () => expect(await statusOf(root, here)).toEqual(frozen), 20_000);
    }
    // A frozen one can be ended, too.
    expect(await stopLasting(root, here)).toEqual([pid]);
    expect(await statusOf(root, here)).toEqual({ name, pids: [], address: undefined, answers: false });
  },
);
