import { once } from "node:events";
import { connect } from "node:net";
import { MADE_DEVICES, type MadeMessage } from "@yardline/sources/trackers/made-messages";
import { eventually } from "@yardline/testkit/eventually";
import { describe, expect, test } from "vitest";
import { gateway } from "./testing.ts";

/** How long a device waits for its answer before it sends again. */
const PATIENCE_MS = 400;

/** One connection of a device: sends, and tells whether the answer came. */
async function dial(port: number) {
  const socket = connect({ port, host: "127.0.0.1" });
  let heard = Buffer.alloc(0);
  let over = false;
  socket.on("data", (bytes: Buffer) => {
    heard = Buffer.concat([heard, bytes]);
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    over = true;
  });
  await once(socket, "connect");
  return {
    socket,
    async confirmed({ sends, waits }: MadeMessage): Promise<boolean> {
      socket.write(sends);
      if (!waits) return true;
      const until = performance.now() + PATIENCE_MS;
      while (performance.now() < until && !over) {
        if (heard.subarray(0, waits.length).equals(waits)) {
          heard = heard.subarray(waits.length);
          return true;
        }
        await new Promise((done) => setTimeout(done, 2));
      }
      return false;
    },
  };
}

/** What stands before the first place names the device, and is said in each connection. */
function parted(messages: readonly MadeMessage[]) {
  const first = messages.findIndex(({ places }) => places > 0);
  return { names: messages.slice(0, first), reports: messages.slice(first) };
}

/** The network goes in the middle of a packet. */
async function cutOff(port: number, names: readonly MadeMessage[], report: MadeMessage): Promise<void> {
  const { socket } = await dial(port);
  for (const { sends } of names) socket.write(sends);
  socket.end(report.sends.subarray(0, 9));
  await once(socket, "close");
}

/** One connection: says its name, and what is left until one thing is not answered. @returns what is left after it. */
async function deliver(port: number, names: readonly MadeMessage[], left: readonly MadeMessage[]) {
  const { socket, confirmed } = await dial(port);
  for (const name of names) await confirmed(name);
  let done = 0;
  for (const message of left) {
    if (!(await confirmed(message))) break;
    done++;
  }
  socket.destroy();
  return left.slice(done);
}

describe.each(MADE_DEVICES)(
  "a $protocol device that sends until it is answered",
  ({ protocol, messages }) => {
    const { names, reports } = parted(messages);
    const confirmed = reports.filter(({ waits }) => waits);
    const [first] = confirmed;

    test("says the same again when an answer was lost: copies in all but the time of arrival", async () => {
      const { port, positions } = await gateway({ protocol: "auto" });
      const places = reports.reduce((sum, { places: count }) => sum + count, 0);
      for (let round = 1; round <= 2; round++) {
        const { socket, confirmed: isConfirmed } = await dial(port);
        for (const message of messages) expect(await isConfirmed(message)).toBe(true);
        await eventually(() => expect(positions()).toHaveLength(round * places));
        socket.destroy();
      }
      const [before, after] = [positions().slice(0, places), positions().slice(places)];
      expect(after).toEqual(before);
    });

    // A protocol without answers cannot know what arrived: its devices have no black box to bring.
    if (first === undefined) return;

    test("brings its black box after a cut and while the bus is away", async () => {
      const { port, bus, positions } = await gateway({ protocol });
      bus.down = true;
      await cutOff(port, names, first);
      // Nothing is confirmed that is not with the bus.
      expect(await deliver(port, names, confirmed)).toHaveLength(confirmed.length);
      expect(positions()).toEqual([]);
      bus.down = false;
      expect(await deliver(port, names, confirmed)).toEqual([]);
      expect(positions()).toHaveLength(confirmed.reduce((sum, { places }) => sum + places, 0));
    });
  },
);
