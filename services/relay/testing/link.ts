import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A line between two machines, in one TCP proxy on loopback. */
export type Link = {
  readonly port: number;
  /** From now on nothing comes through, and nobody is told: as when a cable is cut somewhere on the way. */
  cut(): void;
  /** What was under way arrives late, as TCP would send it again. */
  mend(): void;
  /** Where new connections lead. */
  leadTo(port: number): void;
  close(): void;
};

export async function openLink(target: number): Promise<Link> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let port = target;
  let isCut = false;

  const join = ([near, far]: readonly [Socket, Socket]) => {
    near.pipe(far);
    far.pipe(near);
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [socket, other] of [pair, [far, near]] as const) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        // While the line is cut the other end does not hear of it; mending tells it.
        if (isCut) return;
        pairs.delete(pair);
        other.destroy();
      });
    }
    if (!isCut) join(pair);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
    mend() {
      isCut = false;
      for (const pair of pairs) {
        if (pair.some(({ destroyed }) => destroyed)) for (const socket of pair) socket.destroy();
        else join(pair);
      }
    },
    leadTo(next) {
      port = next;
    },
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
    },
  };
}
