/** A request's head: its first line and headers. */
const HEAD_BYTES_MAX = 8 * 1024;
export const BODY_BYTES_MAX = 64 * 1024;
export const REQUEST_BYTES_MAX = HEAD_BYTES_MAX + BODY_BYTES_MAX;

const METHODS = ["GET ", "POST ", "PUT ", "HEAD "] as const;
const METHOD_BYTES_MAX = 5;

/** A request of a device, as far as devices use HTTP/1.1. */
export type HttpRequest = {
  readonly method: string;
  /** The address without its host. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of `Authorization: Bearer`. */
  readonly bearer?: string;
  readonly body: string;
};

/** Whether these may be the first bytes of a request; the rest of a method may be missing. */
export function mayBeginRequest(bytes: Uint8Array): boolean {
  const begin = Buffer.from(bytes.subarray(0, METHOD_BYTES_MAX)).toString("latin1");
  return METHODS.some((method) => method.startsWith(begin) || begin.startsWith(method));
}

/**
 * The length of the first request of a stream, as `measureFrame` tells it. Bodies in chunks are not understood: phones and trackers
 * tell their length.
 */
export function measureRequest(bytes: Uint8Array, from: number): number | undefined {
  const [first] = bytes;
  if (first === undefined) return undefined;
  // Line ends after a body that nobody counted.
  if (first === 0x0d || first === 0x0a) return 1;
  if (!mayBeginRequest(bytes)) return Number.POSITIVE_INFINITY;
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(
    "\r\n\r\n",
    Math.max(0, from - 3),
  );
  if (end < 0) return bytes.length > HEAD_BYTES_MAX ? Number.POSITIVE_INFINITY : undefined;
  const head = Buffer.from(bytes.subarray(0, end)).toString("latin1");
  const [, length = "0"] = /\r\ncontent-length: *(\d{1,9}) *(?:\r\n|$)/i.exec(head) ?? [];
  if (end > HEAD_BYTES_MAX || Number(length) > BODY_BYTES_MAX || /\r\ntransfer-encoding:/i.test(head)) {
    return Number.POSITIVE_INFINITY;
  }
  return end + 4 + Number(length);
}

/** Reads a whole request; undefined where it is none. */
export function findRequest(frame: Uint8Array): HttpRequest | undefined {
  const text = Buffer.from(frame).toString("utf8");
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/.exec(text) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const end = text.indexOf("\r\n\r\n");
  const [path = "", query = ""] = target.split("?", 2);
  const head = end < 0 ? text : text.slice(0, end);
  const [, bearer] = /\r\nauthorization: *bearer +([\w.~+/=-]+) *(?:\r\n|$)/i.exec(head) ?? [];
  return {
    ...{ method, path, query: new URLSearchParams(query) },
    body: end < 0 ? "" : text.slice(end + 4),
    ...(bearer !== undefined && { bearer }),
  };
}

/** An answer without a body; the connection stays, as HTTP/1.1 has it. */
export function answerRequest(status: string): Uint8Array {
  return Buffer.from(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
}
