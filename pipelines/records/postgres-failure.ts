import { AppError, messageOf } from "@yardline/domain/errors";

// PostgreSQL's codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
const FULL = "53100";
/** Login, database, right: nothing mends them but a person. */
const DENIED = /^(28|3D|42501)/;
/**
 * Connection, a transaction undone by others, resources, operator's intervention (shut down, cancelled by a time-out), a disk's
 * failure; an idle transaction cut off, a standby that does not write.
 */
const UNAVAILABLE = /^(08|40|53|57|58|25P03|25006)/;
/** Node's names of what went wrong with a socket or a name, as in `ECONNRESET`. */
const SYSTEM = /^E(?!RR_)[A-Z_]+$/;
/** What pg says itself, without a code, when a server is silent or gone. */
const SILENT =
  /^(Connection terminated|Query read timeout|timeout exceeded|timeout expired|Client has encountered a connection error)/;
/** Certificates that do not fit, as Node's TLS names them; a server without TLS, as pg says it. */
const UNTRUSTED = /^ERR_|CERT|SIGNATURE|^The server does not support SSL|SSL connection$/;

/**
 * What a person can act on, or the thrown thing itself when it is a bug of ours (wrong SQL).
 * It holds no password: what pg and PostgreSQL throw has none.
 */
export function failureOf(thrown: unknown, shown: string): unknown {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown) ?? "";
  const why = messageOf(thrown) || code;
  const unavailable = (message: string, retryable: boolean) =>
    new AppError("RECORDS_UNAVAILABLE", message, { retryable, cause: thrown });
  if (code === FULL) {
    return unavailable(
      `The disk of PostgreSQL at ${shown} is full; free some of it and work goes on by itself.`,
      true,
    );
  }
  if (DENIED.test(code)) {
    return unavailable(
      `PostgreSQL at ${shown} does not let us in: ${why}. Mend the login or its rights.`,
      false,
    );
  }
  if (UNAVAILABLE.test(code) || SYSTEM.test(code) || SILENT.test(why)) {
    return unavailable(`PostgreSQL at ${shown} cannot be used now: ${why}.`, true);
  }
  if (UNTRUSTED.test(code || why)) {
    return unavailable(
      `PostgreSQL at ${shown} is not trusted: ${why}. Mend its certificate or sslrootcert.`,
      false,
    );
  }
  return thrown;
}

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}
