import type { TrackerMessage, TrackerProtocol } from "./protocol.ts";

/** What one message says, in short, for tests; answers as text. */
export function told(protocol: TrackerProtocol, message: string | Uint8Array) {
  const bytes = typeof message === "string" ? Buffer.from(message, "latin1") : message;
  return briefOf(protocol.openSession().takeWhole(bytes));
}

/** What a stream says that comes byte by byte. */
export function heard(protocol: TrackerProtocol, stream: string | Uint8Array) {
  const bytes = typeof stream === "string" ? Buffer.from(stream, "latin1") : stream;
  const session = protocol.openSession();
  return Array.from(bytes, (byte) => session.take(Uint8Array.of(byte)).messages)
    .flat()
    .map(briefOf);
}

function briefOf(message: TrackerMessage | undefined) {
  return {
    fixes: message?.fixes,
    ...(message?.device_id !== undefined && { device: message.device_id }),
    ...(message?.answer && { answer: Buffer.from(message.answer).toString("latin1") }),
    ...(message?.problem && { problem: message.problem.code }),
  };
}
