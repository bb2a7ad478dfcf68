import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port of loopback that nobody listens on now (1–65535), as the system gives it, for whoever takes it at once. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // What listens on TCP has an address of this form.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
