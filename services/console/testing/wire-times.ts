import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** When each picture of a camera passed on the wire, by the order in which they came: epoch ms. */
export type Wire = { readonly port: number; readonly passed_at_ms: readonly number[]; close(): void };

/**
 * A relay before an RTSP server that notes when the last packet of each picture goes by (RTP marker bit, RFC 6184 5.1; interleaved as in RFC 2326 10.12). For one
 * connection that plays.
 */
export async function wireTo(port: number): Promise<Wire> {
  const passed_at_ms: number[] = [];
  const open = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(port, "127.0.0.1");
    const read = createReader((at_ms) => passed_at_ms.push(at_ms));
    to.on("data", read);
    from.pipe(to);
    to.pipe(from);
    for (const [one, other] of [[from, to] as const, [to, from] as const]) {
      open.add(one);
      one.on("error", () => undefined);
      one.on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { port: own, passed_at_ms, close };
}

/** Tells of each RTP packet on the first channel that ends a picture; answers in words are passed over. */
function createReader(onPicture: (at_ms: number) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let size = sizeOf(rest); size !== undefined && rest.length >= size; size = sizeOf(rest)) {
      if (rest[0] === 0x24 && rest[1] === 0 && (rest.readUInt8(5) & 0x80) !== 0) onPicture(Date.now());
      rest = rest.subarray(size);
    }
  };
}

function sizeOf(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  if (bytes[0] === 0x24) return 4 + bytes.readUInt16BE(2);
  const head = bytes.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = /content-length: (\d+)/i.exec(bytes.toString("latin1", 0, head))?.[1];
  return head + 4 + Number(length ?? 0);
}
