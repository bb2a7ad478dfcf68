import { expect, test } from "vitest";
import { STDIN, STDOUT, startFfmpeg } from "./ffmpeg.ts";

test("without ffmpeg one clear error, which says how to mend it", async () => {
  // fluent-ffmpeg looks once a process, so this test has a file, and with it a process, of its own.
  process.env["PATH"] = "/nowhere";
  const child = startFfmpeg({
    input: ["-v", "error"],
    source: STDIN,
    outputs: [{ options: ["-f", "data"], target: STDOUT }],
  });
  child.stdout.on("error", () => undefined);
  const { failure } = await child.exited;
  expect(failure).toMatchObject({ code: "FFMPEG_UNAVAILABLE" });
  expect(failure?.message).toMatch(/apt-get install ffmpeg/);
  await child.stop();
});
