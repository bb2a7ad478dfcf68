import { AppError } from "@yardline/domain/errors";
import type { FastifyInstance } from "fastify";

/** Until people can log in and the connection is encrypted, nothing but this machine is served. */
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
      `Yardline serves only this machine until it has logins and TLS, so it does not listen on "${host}". Use localhost, 127.0.0.1 or ::1; from elsewhere use an SSH tunnel.`,
    );
  }
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw refusalOf(cause, host, port);
  }
}

function refusalOf(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    const message = `Port ${port} on ${host} is taken by another program, perhaps another Yardline. Stop that one, or choose a free port with --port.`;
    return new AppError("PORT_TAKEN", message, { cause });
  }
  if (code === "EACCES") {
    const message = `This user may not open port ${port}. Choose one above 1023 with --port.`;
    return new AppError("PORT_FORBIDDEN", message, { cause });
  }
  return cause;
}
