import { createDecoder, type Decoder, type DecoderNote, type DecoderOf } from "./decoder.ts";
import type { RawPicture } from "./nut.ts";

/** A decoder whose child is there only while pictures are wanted: it comes and goes at key frames. */
export function createDecoderAtNeed(
  of: DecoderOf,
  isLooked: (() => boolean) | undefined,
  onPicture: (picture: RawPicture) => void,
  note: (note: DecoderNote) => void,
): Decoder {
  if (!isLooked) return createDecoder(of, onPicture, note);
  let decoder: Decoder | undefined;
  let leaving: Promise<void> = Promise.resolve();
  return {
    push(packet) {
      if (packet.key && isLooked() !== (decoder !== undefined)) {
        const before = decoder;
        decoder = before ? undefined : createDecoder(of, onPicture, note);
        if (before) leaving = Promise.all([leaving, before.stop()]).then(() => undefined);
      }
      decoder?.push(packet);
    },
    watch: () => decoder?.watch(),
    pid: () => decoder?.pid(),
    async stop() {
      await Promise.all([leaving, decoder?.stop()]);
    },
  };
}
