import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { type FfmpegCommandLine, STDIN, STDOUT, startFfmpeg } from "./ffmpeg.ts";

/** Copies raw bytes from standard input to standard output. */
const COPY: FfmpegCommandLine = {
  input: ["-v", "error", "-f", "data"],
  source: STDIN,
  outputs: [{ options: ["-map", "0:0", "-c", "copy", "-f", "data"], target: STDOUT }],
};

test("what goes into the child comes out of it, and its exit is told", async () => {
  const child = startFfmpeg(COPY);
  child.stdin.end("$GPRMC,120000,A*00\n");
  expect((await buffer(child.stdout)).toString()).toBe("$GPRMC,120000,A*00\n");
  expect(await child.exited).toEqual({ code: 0, signal: null, said: [] });
});

test("arguments reach ffmpeg as they are, spaces and all", async () => {
  const child = startFfmpeg({
    input: ["-v", "error", "-f", "lavfi"],
    source: "color=black:size=16x16:duration=0.1",
    outputs: [
      { options: ["-metadata", "title=one two", "-frames:v", "1", "-f", "ffmetadata"], target: STDOUT },
    ],
  });
  expect((await buffer(child.stdout)).toString()).toContain("title=one two");
});

test("what it says is told without addresses and secrets", async () => {
  const child = startFfmpeg(
    { ...COPY, input: ["-v", "error"], source: "http://user:s3cr3t@127.0.0.1:9/s3cr3t" },
    ["s3cr3t"],
  );
  child.stdout.resume();
  const { code, said } = await child.exited;
  expect(code).toBe(1);
  expect(said.join("\n")).toMatch(/refused/);
  expect(said.join("\n")).not.toMatch(/s3cr3t|user|127\.0\.0\.1:9/);
});

test("a child that is deaf to SIGTERM is killed", async () => {
  const child = startFfmpeg(COPY);
  // It has its own way with signals only once it works.
  child.stdin.write(Buffer.alloc(100_000));
  await once(child.stdout, "data");
  process.kill(child.pid() ?? 0, "SIGSTOP");
  const began_ms = performance.now();
  expect(await child.stop()).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(performance.now() - began_ms).toBeLessThan(3_500);
});

test("a child that is stopped before it was started does not stay", async () => {
  const child = startFfmpeg(COPY);
  const { signal } = await child.stop();
  expect(signal).toBe("SIGKILL");
  await delay(50);
  expect(() => process.kill(child.pid() ?? -1, 0)).toThrow("ESRCH");
});
