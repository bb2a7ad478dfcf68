import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export type Wire = {
  readonly port: number;
  /** From now on no byte passes, in either direction, and nobody is told: an unplugged cable, a frozen server. */
  cut(): void;
  mend(): void;
  close(): void;
};

/** A TCP wire on loopback to another port there, which can be cut. */
export async function wireTo(port: number): Promise<Wire> {
  const ends = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on("data", (bytes) => void (isCut || to.write(bytes)));
      from.on("error", () => {}).on("close", () => void (isCut || to.destroy()));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: address !== null && typeof address === "object" ? address.port : 0,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      server.close();
      for (const end of ends) end.destroy();
    },
  };
}
