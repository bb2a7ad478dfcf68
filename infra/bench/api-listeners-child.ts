import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Listens over so many sockets, as its parent says, and tells how long each event took from its own time until it was here. */
export type ListenOrder = { readonly port: number; readonly listeners: number; readonly cookie: string };
export type Heard = { readonly delivered: number; readonly delays_ms: readonly number[] };

const OPENED_AT_ONCE = 50;
/** An occurrence begins with its time in milliseconds. */
const OCCURRENCE = /"occurrence":"([0-9a-f]{12})/g;

const heard: number[] = [];

async function listen({ port, cookie }: ListenOrder): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  socket.write(`GET /v1/events/stream HTTP/1.1\r\nhost: localhost:${port}\r\ncookie: ${cookie}\r\n\r\n`);
  await once(socket, "data");
  socket.on("data", (chunk) => {
    const now_ms = Date.now();
    for (const [, anchor = "0"] of chunk.toString("latin1").matchAll(OCCURRENCE)) {
      heard.push(now_ms - Number.parseInt(anchor, 16));
    }
  });
  return socket;
}

process.once("message", async (message) => {
  const order = message as ListenOrder;
  const sockets: Socket[] = [];
  while (sockets.length < order.listeners) {
    const some = Math.min(OPENED_AT_ONCE, order.listeners - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: some }, () => listen(order)))));
  }
  heard.length = 0;
  process.send?.("listening");
  await once(process, "message");
  for (const socket of sockets) socket.destroy();
  const answer: Heard = { delivered: heard.length, delays_ms: heard };
  process.send?.(answer, () => process.disconnect?.());
});
