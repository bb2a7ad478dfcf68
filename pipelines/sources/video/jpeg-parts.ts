import { AppError } from "@yardline/domain/errors";

/** A 4K JPEG takes two megabytes. */
export const JPEG_BYTES_MAX = 8 * 1024 * 1024;
const START = Buffer.from([0xff, 0xd8, 0xff]);
const END = Buffer.from([0xff, 0xd9]);
const HEAD_BYTES_MAX = 4 * 1024;
const HEAD_END = Buffer.from("\r\n\r\n");

/**
 * Cuts a `multipart/x-mixed-replace` body into its JPEG pictures. Boundaries are written in as many ways as there are cameras (with and
 * without dashes, twice, not at all); a length is believed where it is given, else a picture ends before the next one's head.
 * @returns a function that takes the next chunk and gives the pictures it completed.
 * Throws AppError `VIDEO_BROKEN` when a picture, or what stands between two, is too long.
 */
export function createJpegReader(): (chunk: Uint8Array) => Uint8Array[] {
  let rest: Buffer = Buffer.alloc(0);
  /** Where the search goes on: what lies before was searched already. */
  let searched = 0;

  /** The length that the part's head gives, and where the picture begins; undefined until the head is whole. */
  function findStart(): { readonly at: number; readonly length: number | undefined } | undefined {
    const at = rest.indexOf(START);
    if (at < 0) {
      if (rest.length > HEAD_BYTES_MAX) throw broken("no picture comes");
      return undefined;
    }
    if (at > HEAD_BYTES_MAX + HEAD_END.length) throw broken("too much stands between two pictures");
    const head = rest.toString("latin1", 0, at);
    const [, digits] = /content-length:\s*(\d{1,8})\s*$/im.exec(head) ?? [];
    return { at, length: digits === undefined ? undefined : Number(digits) };
  }

  function findEnd({ at, length }: { readonly at: number; readonly length: number | undefined }) {
    if (length !== undefined && length > 0) {
      if (length > JPEG_BYTES_MAX) throw broken("a picture is too large");
      return at + length <= rest.length ? at + length : undefined;
    }
    // Thumbnails inside a picture have ends of their own: the last end before the next head counts.
    const from = Math.max(at + START.length, searched - 4);
    const next = rest.indexOf("\r\n--", from);
    searched = rest.length;
    if (next < 0) return undefined;
    const end = rest.lastIndexOf(END, next);
    return end > at ? end + END.length : next;
  }

  return (chunk) => {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    const pictures: Uint8Array[] = [];
    for (;;) {
      const start = findStart();
      if (!start) break;
      const end = findEnd(start);
      if (end === undefined) {
        if (rest.length - start.at > JPEG_BYTES_MAX) throw broken("a picture does not end");
        break;
      }
      pictures.push(rest.subarray(start.at, end));
      rest = rest.subarray(end);
      searched = 0;
    }
    return pictures;
  };
}

function broken(what: string): AppError {
  return new AppError("VIDEO_BROKEN", `The camera's pictures cannot be told apart: ${what}`, {
    retryable: true,
  });
}
