import { AppError } from "@yardline/domain/errors";
import type { FastifyInstance } from "fastify";

/** Without encryption nothing but this machine is served; `tls/public-door.ts` is the door to everybody else. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "::1"]);

/**
 * Opens the door. Port 0 takes any free one. An app whose door cannot be opened is closed.
 * @returns the address to open, as `http://127.0.0.1:8080`.
 * @throws AppError `HOST_NOT_LOOPBACK`, `PORT_TAKEN`, `PORT_FORBIDDEN`.
 */
export async function listen(
  app: FastifyInstance,
  { host = "127.0.0.1", port }: { readonly host?: string; readonly port: number },
): Promise<string> {
  if (!LOOPBACK.has(host)) {
    await app.close();
    throw new AppError(
      "HOST_NOT_LOOPBACK",
      `Without a certificate Yardline serves only this machine, so it does not listen on "${host}". Give --public NAME to serve everybody over TLS, or use an SSH tunnel.`,
    );
  }
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw portRefusal(cause, host, port);
  }
}

/** Why a port cannot be listened on, in words, where we know. */
export function portRefusal(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    const message = `Port ${port} on ${host} is taken by another program, perhaps another Yardline. Stop that one, or choose a free port with --port.`;
    return new AppError("PORT_TAKEN", message, { cause });
  }
  if (code === "EACCES") {
    const message = `This user may not open port ${port}. Choose one above 1023, or let the service have CAP_NET_BIND_SERVICE.`;
    return new AppError("PORT_FORBIDDEN", message, { cause });
  }
  return cause;
}
