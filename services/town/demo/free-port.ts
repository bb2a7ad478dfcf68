import { once } from "node:events";
import { createServer } from "node:net";

/** A port of loopback that nobody listens on now (1–65535), as the system gives it, for whoever takes it at once. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  // A listening TCP server always has an address of this form.
  return typeof address === "object" && address !== null ? address.port : 0;
}
