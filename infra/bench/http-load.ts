import { once } from "node:events";
import { connect } from "node:net";

const END = Buffer.from("\r\n\r\n");

export type Answered = {
  readonly answers: number;
  readonly took_ms: readonly number[];
  readonly refused: number;
};

/**
 * Asks for paths in turn over so many connections, each again as soon as it was answered: what a server gives that is never idle. The
 * client is a bare socket, so that it costs little beside the server.
 */
export async function load(
  port: number,
  pathOf: (request: number) => string,
  { connections, for_ms }: { readonly connections: number; readonly for_ms: number },
): Promise<Answered> {
  const took_ms: number[] = [];
  const until_ms = performance.now() + for_ms;
  let request = 0;
  let refused = 0;
  async function ask(): Promise<void> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    const chunks: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]();
    while (performance.now() < until_ms) {
      const asked_ms = performance.now();
      request += 1;
      socket.write(`GET ${pathOf(request)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      if (!(await readAnswer(chunks))) refused += 1;
      took_ms.push(performance.now() - asked_ms);
    }
    socket.destroy();
  }
  await Promise.all(Array.from({ length: connections }, ask));
  return { answers: took_ms.length, took_ms, refused };
}

/** One answer whole, its length told by its head. @returns whether it was a success. */
async function readAnswer(chunks: AsyncIterator<Buffer>): Promise<boolean> {
  let bytes: Buffer = Buffer.alloc(0);
  let whole = Number.POSITIVE_INFINITY;
  while (bytes.length < whole) {
    const { value, done } = await chunks.next();
    if (done) throw new Error("the server hung up");
    bytes = bytes.length === 0 ? value : Buffer.concat([bytes, value]);
    const head = bytes.indexOf(END);
    if (head >= 0 && whole === Number.POSITIVE_INFINITY) {
      const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString("latin1", 0, head))?.[1];
      whole = head + END.length + Number(length ?? 0);
    }
  }
  return bytes.toString("latin1", 9, 12) === "200";
}
