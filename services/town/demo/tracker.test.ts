import { createServer } from "node:net";
import { wialonSpeaker } from "@yardline/sources/trackers/wialon-encode";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "./free-port.ts";
import { openRandom } from "./random.ts";
import { startTracker } from "./tracker.ts";

test("a tracker that finds no gateway keeps its fixes and tries again", async () => {
  const port = await freePort();
  const stop = new AbortController();
  const parts = { random: openRandom("tracker"), log: pino({ level: "silent" }), speaker: wialonSpeaker };
  const address = { host: "127.0.0.1", port };
  const tracker = startTracker({ device_id: "101", address, ...parts }, stop.signal);
  tracker.report({
    latitude: 48.9,
    longitude: 31.1,
    at_ms: 1_000,
    speed_mps: 0,
    course_deg: 0,
    satellites: 9,
  });

  const gateway = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => socket.write(data.toString().startsWith("#L#") ? "#AL#1\r\n" : "#AD#1\r\n"));
  });
  onTestFinished(() => {
    stop.abort();
    gateway.close();
  });
  // Long enough for at least one refused connection.
  setTimeout(() => gateway.listen(port, "127.0.0.1"), 300);
  await eventually(() => expect(tracker.waiting()).toBe(0), 15_000);
});
