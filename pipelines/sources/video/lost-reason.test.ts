import { expect, test } from "vitest";
import { cannotBeCopied, whyEnded } from "./lost-reason.ts";

// Lines of ffmpeg 5.1.9, scrubbed.
test.for([
  ["refused", "[tcp @ 0x1] Connection to tcp://… failed: Connection refused"],
  ["refused", "[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized"],
  ["refused", "[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found"],
  ["refused", "[https @ 0x1] HTTP error 403 Forbidden"],
  ["silent", "[tcp @ 0x1] Connection to tcp://… failed: Connection timed out"],
  ["silent", "[tcp @ 0x1] Failed to resolve hostname camera.invalid: Name or service not known"],
  ["not-video", "pipe:0: Invalid data found when processing input"],
  ["not-video", "file:/clips/none.mp4: No such file or directory"],
  ["ended", ""],
] as const)("%s: %s", ([why, line]) => {
  const ended = { said: [line] };
  expect(whyEnded(ended, { had_pictures: false, lasted_ms: 900 })).toBe(why);
  expect(whyEnded(ended, { had_pictures: true, lasted_ms: 900 })).toBe("ended");
});

test("a server that takes the connection and says nothing is silent, though ffmpeg only says that it failed", () => {
  const said = [
    "[concat @ 0x1] Impossible to open 'rtsp://…",
    "pipe:0: Invalid data found when processing input",
  ];
  expect(whyEnded({ said }, { had_pictures: false, lasted_ms: 5_040 })).toBe("silent");
});

test("a codec that MP4 cannot hold is told from a broken stream", () => {
  const said = [
    "[mp4 @ 0x1] Could not find tag for codec msmpeg4v3 in stream #0, codec not currently supported",
  ];
  expect([cannotBeCopied({ said }), cannotBeCopied({ said: ["Invalid data found"] })]).toEqual([true, false]);
});
