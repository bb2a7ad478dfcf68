import { once } from "node:events";
import { connect } from "node:net";
import { AppError, messageOf } from "@yardline/domain/errors";

/** A receiver that says nothing for so long is away. */
const ANSWER_MS_MAX = 15_000;
/** More than this without an answer in it is no receiver of ours. */
const HEARD_BYTES_MAX = 64 * 1024;

/** What a connection has heard so far may begin with: an answer, or something that is none and is passed over. */
export type Found<Answer> = { readonly bytes: number; readonly answer?: Answer } | undefined;

/** A connection to a receiver of other people's: one question at a time. */
export type HubLink = {
  /** @throws AppError `HUB_AWAY` (retryable); the link is then closed. */
  ask<Answer>(question: Uint8Array, find: (heard: Buffer) => Found<Answer>): Promise<Answer>;
  isOpen(): boolean;
  close(): void;
};

/** @throws AppError `HUB_AWAY` (retryable). */
export async function dialHub(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<HubLink> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  const halt = () => socket.destroy();
  signal.addEventListener("abort", halt, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", halt));
  const giveUp = setTimeout(() => socket.destroy(new Error("it does not answer")), ANSWER_MS_MAX);
  try {
    await once(socket, "connect");
  } catch (cause) {
    throw away(cause);
  } finally {
    clearTimeout(giveUp);
  }
  const pieces = socket[Symbol.asyncIterator]();
  let heard = Buffer.alloc(0);

  async function hear<Answer>(find: (heard: Buffer) => Found<Answer>): Promise<Answer> {
    for (;;) {
      const found = find(heard);
      if (found) heard = heard.subarray(found.bytes);
      if (found?.answer !== undefined) return found.answer;
      if (found) continue;
      const { value, done } = await pieces.next();
      if (done || heard.length > HEARD_BYTES_MAX) throw new Error("it hung up");
      heard = Buffer.concat([heard, value]);
    }
  }

  return {
    async ask(question, find) {
      const silent = setTimeout(() => socket.destroy(new Error("it does not answer")), ANSWER_MS_MAX);
      try {
        socket.write(question);
        return await hear(find);
      } catch (cause) {
        socket.destroy();
        throw away(cause);
      } finally {
        clearTimeout(silent);
      }
    },
    isOpen: () => !socket.destroyed && socket.writable,
    close: () => void socket.destroy(),
  };
}

function away(cause: unknown): AppError {
  return new AppError("HUB_AWAY", `The receiver of positions is away: ${messageOf(cause)}.`, {
    cause,
    retryable: true,
  });
}
