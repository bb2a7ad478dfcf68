import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A socket in a folder that only this user can enter, for the one child that is told of it. */
export type ChildSocket = AsyncDisposable & {
  /** What the child opens, as in `unix:PATH`. */
  readonly path: string;
  /** Who takes what the child writes. */
  receive(take: (chunk: Uint8Array) => void): void;
};

/** A second way out of a child, beside its standard output. */
export async function openChildSocket(): Promise<ChildSocket> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-child-"));
  const path = join(folder, "out");
  let receive: (chunk: Uint8Array) => void = () => undefined;
  const server = createServer((socket) => {
    server.close();
    socket.on("data", (chunk: Uint8Array) => receive(chunk));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return {
    path,
    receive(take) {
      receive = take;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
