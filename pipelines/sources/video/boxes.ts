import { AppError } from "@yardline/domain/errors";

/** One box of an ISO base media file (ISO/IEC 14496-12, 4.2), header included. */
export type Mp4Box = { readonly type: string; readonly data: Uint8Array };

const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;
/** A 4K key frame takes a few megabytes. */
const MDAT_BYTES_MAX = 32 * 1024 * 1024;
/** Everything else is tables of one frame, or of none. */
const BOX_BYTES_MAX = 1024 * 1024;

const NOTHING = new Uint8Array();

/**
 * Cuts a stream into its top-level boxes, chunk by chunk as a pipe gives them; each box's bytes are copied once, and of a chunk nothing
 * is kept.
 * @param joined a box of the type `to` lies in one piece of memory with the box of the type `lead` that came before it, and behind it.
 * @returns a function that takes the next chunk and gives the boxes it completed.
 * Throws AppError `VIDEO_BROKEN` for a box that is too large, has no end, or is shorter than its own header.
 */
export function createBoxReader(joined?: {
  readonly lead: string;
  readonly to: string;
}): (chunk: Uint8Array) => Mp4Box[] {
  let head: Uint8Array = NOTHING;
  let lead: Uint8Array = NOTHING;
  let body: { readonly type: string; readonly data: Uint8Array; filled: number } | undefined;

  function takeHead(bytes: Uint8Array): Uint8Array {
    const known = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
    const header = readHeader(known);
    head = header ? NOTHING : known.slice();
    if (!header) return NOTHING;
    if (header.size > (header.type === "mdat" ? MDAT_BYTES_MAX : BOX_BYTES_MAX)) {
      throw brokenVideo(`a box "${header.type}" of ${header.size} bytes`);
    }
    body = { type: header.type, data: roomFor(header), filled: 0 };
    return known;
  }

  function roomFor({ type, size }: { readonly type: string; readonly size: number }): Uint8Array {
    if (type !== joined?.to) return new Uint8Array(size);
    const whole = new Uint8Array(lead.length + size);
    whole.set(lead);
    const room = whole.subarray(lead.length);
    lead = NOTHING;
    return room;
  }

  return (chunk) => {
    const boxes: Mp4Box[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      if (!body) rest = takeHead(rest);
      if (!body) break;
      const part = rest.subarray(0, body.data.length - body.filled);
      body.data.set(part, body.filled);
      body.filled += part.length;
      rest = rest.subarray(part.length);
      if (body.filled < body.data.length) break;
      boxes.push({ type: body.type, data: body.data });
      if (body.type === joined?.lead) lead = body.data;
      body = undefined;
    }
    return boxes;
  };
}

function readHeader(bytes: Uint8Array) {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = viewOf(bytes);
  const type = String.fromCharCode(...bytes.subarray(4, HEADER_BYTES));
  const short = view.getUint32(0);
  if (short !== 1) {
    if (short < HEADER_BYTES) throw brokenVideo(`a box "${printable(type)}" without an end`);
    return { type: printable(type), header_bytes: HEADER_BYTES, size: short };
  }
  if (bytes.length < LARGE_HEADER_BYTES) return undefined;
  const size = Number(view.getBigUint64(HEADER_BYTES));
  if (size < LARGE_HEADER_BYTES) throw brokenVideo(`a box "${printable(type)}" shorter than its header`);
  return { type: printable(type), header_bytes: LARGE_HEADER_BYTES, size };
}

function printable(type: string): string {
  return type.replace(/[^ -~]/g, "?");
}

/** The boxes that stand one after another in `bytes`; what follows a box that reaches beyond the end is left out. */
export function boxesIn(bytes: Uint8Array): Mp4Box[] {
  const boxes: Mp4Box[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes.subarray(at));
    if (!header || at + header.size > bytes.length) break;
    boxes.push({ type: header.type, data: bytes.subarray(at, at + header.size) });
    at += header.size;
  }
  return boxes;
}

/** The bytes after a box's header. */
export function contentOf({ data }: Mp4Box): Uint8Array {
  return data.subarray(readHeader(data)?.header_bytes ?? data.length);
}

/** The first box along a path of types, as in `["moov", "trak", "mdia"]`. */
export function findBox(bytes: Uint8Array, [type, ...rest]: readonly string[]): Mp4Box | undefined {
  const box = boxesIn(bytes).find((each) => each.type === type);
  return box && rest.length > 0 ? findBox(contentOf(box), rest) : box;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function brokenVideo(what: string): AppError {
  return new AppError("VIDEO_BROKEN", `The video stream is broken: ${what}`, { retryable: true });
}
