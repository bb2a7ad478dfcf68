/** What `/v1/live` tells (`infra/guide/live.md`). `camera` is its place in the question; the body of `opened` and `none` is read already. */
export type LiveMessage =
  | { readonly kind: "opened"; readonly camera: number; readonly sent_ms: number; readonly codec: string }
  | { readonly kind: "head"; readonly camera: number; readonly data: Uint8Array }
  | {
      readonly kind: "picture";
      readonly camera: number;
      readonly pts_ms: number;
      readonly captured_ms: number;
      readonly data: Uint8Array;
    }
  | { readonly kind: "none"; readonly camera: number; readonly why: string }
  | { readonly kind: "time"; readonly sent_ms: number };

const HEAD_BYTES = 24;
/** A key frame of the largest camera is far smaller; what claims more is no stream of ours. */
const BODY_BYTES_MAX = 40 * 1024 * 1024;

/**
 * Cuts a stream into its messages, chunk by chunk.
 * @returns a function that takes the next chunk and gives the messages that it completed. It throws where the stream is none of ours.
 */
export function createLiveReader(): (chunk: Uint8Array) => readonly LiveMessage[] {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  let wanted = HEAD_BYTES;

  function joined(): Uint8Array {
    const [only] = chunks;
    if (only && chunks.length === 1) return only;
    const whole = new Uint8Array(bytes);
    let at = 0;
    for (const each of chunks) {
      whole.set(each, at);
      at += each.length;
    }
    chunks = [whole];
    return whole;
  }

  return (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    const messages: LiveMessage[] = [];
    while (bytes >= wanted) {
      const whole = joined();
      const length = viewOf(whole).getUint32(4);
      if (length > BODY_BYTES_MAX) throw new Error("This is no stream of live pictures.");
      wanted = HEAD_BYTES + length;
      if (bytes < wanted) break;
      const message = messageOf(whole.subarray(0, HEAD_BYTES), whole.slice(HEAD_BYTES, wanted));
      if (message) messages.push(message);
      const rest = whole.subarray(wanted);
      chunks = [rest];
      bytes = rest.length;
      wanted = HEAD_BYTES;
    }
    return messages;
  };
}

/** Kinds that are not known yet are left out. */
function messageOf(head: Uint8Array, data: Uint8Array): LiveMessage | undefined {
  const view = viewOf(head);
  const [camera, kind, pts_ms, at_ms] = [
    view.getUint8(0),
    view.getUint8(1),
    view.getFloat64(8),
    view.getFloat64(16),
  ];
  if (kind === 1) return { kind: "opened", camera, sent_ms: at_ms, codec: textIn(data, "codec") };
  if (kind === 2) return { kind: "head", camera, data };
  if (kind === 3) return { kind: "picture", camera, pts_ms, captured_ms: at_ms, data };
  if (kind === 4) return { kind: "none", camera, why: textIn(data, "kind") };
  return kind === 5 ? { kind: "time", sent_ms: at_ms } : undefined;
}

function textIn(data: Uint8Array, field: string): string {
  const value: unknown = JSON.parse(new TextDecoder().decode(data));
  const found = value !== null && typeof value === "object" ? Object.entries(value) : [];
  return String(found.find(([name]) => name === field)?.[1] ?? "");
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
