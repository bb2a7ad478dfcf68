import { MADE_DEVICES } from "@yardline/sources/trackers/made-messages";
import type { TrackerProtocol } from "@yardline/sources/trackers/protocol";
import { TRACKER_PROTOCOLS } from "@yardline/sources/trackers/protocols";
import { randomOf } from "../bench/town-events.ts";
import { FEED_DECODERS } from "./fuzz-feeds.ts";
import { checkPlace, type Decoder, type Fuzzed, makeInput, piecesOf } from "./fuzzed-input.ts";

/** The seed of one input: the same number makes the same input. */
export function seedOf(seed: number, input: number): number {
  return (Math.imul(seed, 0x9e37_79b1) + input) >>> 0;
}

/**
 * Makes one input from the made devices' messages, or from nothing, and gives it to a decoder in pieces, as one datagram and as one
 * message. Throws what the decoder throws, and where a place is none on earth.
 */
function fuzzTracker(protocol: TrackerProtocol, seed: number): Fuzzed {
  const random = randomOf(seed);
  const corpus = MADE_DEVICES.find((device) => device.protocol === protocol.name)?.messages ?? [];
  const input = makeInput(
    corpus.map(({ sends }) => sends),
    random,
  );
  const session = protocol.openSession();
  const taken = piecesOf(input, random).map((piece) => session.take(piece));
  const datagram = protocol.openSession().takeDatagram(input);
  const whole = protocol.openSession().takeWhole(input);
  const messages = [...[...taken, datagram].flatMap((each) => each.messages), ...(whole ? [whole] : [])];
  const fixes = messages.flatMap((message) => message.fixes);
  fixes.forEach(checkPlace);
  protocol.recognise(input.subarray(0, 64));
  return { bytes: input.length, messages: messages.length, fixes: fixes.length };
}

const TRACKERS: readonly Decoder[] = TRACKER_PROTOCOLS.map((protocol) => ({
  name: protocol.name,
  fuzz: (seed) => fuzzTracker(protocol, seed),
}));

/** The decoders by name, of trackers' protocols and of feeds; all of them where none is named. */
export function decodersNamed(names: readonly string[]): readonly Decoder[] {
  return [...TRACKERS, ...FEED_DECODERS].filter(({ name }) => names.length === 0 || names.includes(name));
}
