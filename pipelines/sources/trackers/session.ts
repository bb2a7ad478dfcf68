import { assert } from "@yardline/domain/assert";
import type { Definition, TrackerMessage } from "./protocol.ts";

/** What one piece of a connection's bytes brought. */
export type Taken = {
  readonly messages: readonly TrackerMessage[];
  /** Set once, when the session cannot go on: why, in one sentence. Bytes after that are ignored. */
  readonly closed?: string;
};

/** A connection's decoder. The same bytes give the same messages, however they are cut into pieces. */
export type TrackerSession = {
  take(bytes: Uint8Array): Taken;
  /** Reads one datagram: nothing is kept of its bytes, and what is left at its end is a message too. */
  takeDatagram(bytes: Uint8Array): Taken;
  /** Reads one message that is already cut out of the stream, such as a line of a recording. Shows even what a wrong checksum damns. */
  takeWhole(message: Uint8Array): TrackerMessage | undefined;
};

/** Cuts a stream into frames and decodes each; keeps at most `frame_bytes_max` bytes of an unfinished frame. */
export function openSession<State>(protocol: Definition<State>): TrackerSession {
  const kept = openBuffer();
  let state = protocol.start;
  let closed = false;
  /** The length of the unfinished frame, once it is known. */
  let awaited: number | undefined;

  function takeWhole(frame: Uint8Array): TrackerMessage | undefined {
    const decoded = protocol.decode(state, frame);
    state = decoded.state;
    return decoded.message;
  }

  /** The first whole frame of `bytes`; undefined while its end is missing. */
  function findFrame(bytes: Uint8Array, looked: number): Uint8Array | undefined {
    awaited ??= protocol.measureFrame(bytes, looked, state);
    assert(awaited !== 0, "a frame has at least one byte");
    closed = (awaited ?? bytes.length) > protocol.frame_bytes_max;
    if (closed || awaited === undefined || awaited > bytes.length) return undefined;
    const frame = bytes.subarray(0, awaited);
    awaited = undefined;
    return frame;
  }

  function whyClosed(): string {
    return awaited === Number.POSITIVE_INFINITY
      ? `These are no messages of ${protocol.name}.`
      : `A message is longer than ${protocol.frame_bytes_max} bytes.`;
  }

  function take(bytes: Uint8Array): Taken {
    const messages: TrackerMessage[] = [];
    if (closed) return { messages };
    const looked = awaited === undefined ? kept.length() : 0;
    let left = kept.append(bytes);
    for (let frame = findFrame(left, looked); frame; frame = findFrame(left, 0)) {
      const message = takeWhole(frame);
      if (message) messages.push(trusted(message));
      left = left.subarray(frame.length);
    }
    kept.keep(closed ? new Uint8Array(0) : left);
    return closed ? { messages, closed: whyClosed() } : { messages };
  }

  function takeDatagram(bytes: Uint8Array): Taken {
    const messages: TrackerMessage[] = [];
    for (let left = bytes; left.length > 0; ) {
      const length = protocol.measureFrame(left, 0, state) ?? left.length;
      assert(length !== 0, "a frame has at least one byte");
      if (length === Number.POSITIVE_INFINITY) {
        return { messages, closed: `These are no messages of ${protocol.name}.` };
      }
      const message = takeWhole(left.subarray(0, length));
      if (message) messages.push(trusted(message));
      left = left.subarray(length);
    }
    return { messages };
  }

  return { take, takeDatagram, takeWhole };
}

/** What is left of a message whose checksum is wrong: no place in it can be believed. */
function trusted(message: TrackerMessage): TrackerMessage {
  return message.problem?.code === "checksum" ? { ...message, fixes: [] } : message;
}

/** Bytes of an unfinished frame. Grows by doubling, so that a frame sent byte by byte is not copied at each byte. */
function openBuffer() {
  let space = new Uint8Array(0);
  let used = 0;
  return {
    length: () => used,
    /** Everything kept, and `bytes` after it; valid until the next call. */
    append(bytes: Uint8Array): Uint8Array {
      if (used === 0) return bytes;
      if (used + bytes.length > space.length) {
        const larger = new Uint8Array(2 * (used + bytes.length));
        larger.set(space.subarray(0, used));
        space = larger;
      }
      space.set(bytes, used);
      return space.subarray(0, used + bytes.length);
    },
    /** Keeps the end of what `append` gave, and nothing else. */
    keep(rest: Uint8Array): void {
      if (rest.length === 0) space = new Uint8Array(0);
      else if (rest.buffer !== space.buffer) space = Uint8Array.from(rest);
      else if (rest.byteOffset > 0) space.copyWithin(0, rest.byteOffset, rest.byteOffset + rest.length);
      used = rest.length;
    },
  };
}
