import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire to a server that a test can cut and mend; whoever asks through it sees one address all the time. */
export type Gate = { readonly url: string; setCut(cut: boolean): void; close(): Promise<void> };

/** @param to the server's address, as `http://127.0.0.1:40123`. */
export async function openGate(to: string): Promise<Gate> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let isCut = false;
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const [own, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(own);
      own.on("error", () => other.destroy());
      own.on("close", () => {
        sockets.delete(own);
        other.destroy();
      });
      own.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setCut(cut) {
      isCut = cut;
      if (cut) cutAll();
    },
    async close() {
      cutAll();
      await new Promise((done) => server.close(done));
    },
  };
}
