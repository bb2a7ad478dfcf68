import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { AppError, messageOf } from "@yardline/domain/errors";
import { isoOf } from "@yardline/domain/time";
import type { Fix, TrackerProtocol } from "@yardline/sources/trackers/protocol";
import { findTrackerProtocol, TRACKER_PROTOCOLS } from "@yardline/sources/trackers/protocols";
import { bytesOfRecorded, type RecordedMessage } from "@yardline/sources/trackers/recorded-message";
import type { TrackerSession } from "@yardline/sources/trackers/session";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { defineVerb, optionalFlag, UsageError, type World } from "../verb.ts";

/** Recorded messages with an id each; those of one `session` are one connection, in this order. */
const Vectors = Type.Object({
  vectors: Type.Array(
    Type.Object({
      id: Type.String(),
      session: Type.Optional(Type.String()),
      encoding: Type.Optional(Type.Union([Type.Literal("text"), Type.Literal("hex"), Type.Literal("http")])),
      message: Type.String(),
      httpMethod: Type.Optional(Type.String({ pattern: "^[A-Z]+$" })),
      headers: Type.Optional(Type.Record(Type.String(), Type.String())),
      body: Type.Optional(Type.String()),
    }),
  ),
});

/** Shows what messages of trackers say, without taking them in: for a new device, or for one in trouble. */
export const decode = defineVerb({
  name: "decode",
  summary: "Shows the positions in messages of GPS trackers.",
  usage: "PROTOCOL [--hex] < MESSAGES | PROTOCOL --vectors FILE",
  example: "printf '#SD#270413;205601;5544.6025;N;03739.6834;E;1;2;3;4\\n' | ./yardline decode wialon-ips",
  flags: {
    hex: { type: "boolean", help: "Messages are written as hex digits." },
    vectors: { type: "string", help: "A JSON file of messages with ids, instead of standard input." },
  },
  positionals: { min: 1, max: 1 },
  async run(given, world) {
    const protocol = getProtocol(given.positionals[0]);
    const file = optionalFlag(given, "vectors");
    if (file !== undefined) await decodeVectors(protocol, await readVectors(file), world);
    else await decodeLines(protocol, given.flags["hex"] ? "hex" : "text", world);
    return 0;
  },
});

function getProtocol(name = ""): TrackerProtocol {
  const protocol = findTrackerProtocol(name);
  if (protocol) return protocol;
  const known = TRACKER_PROTOCOLS.map((each) => `${each.name} (${each.title})`).join(", ");
  throw new UsageError(`decode: there is no protocol "${name}"; known are ${known}`);
}

/** All lines are one connection. A position a line on standard output, what cannot be read on standard error. */
async function decodeLines(protocol: TrackerProtocol, encoding: "text" | "hex", world: World) {
  const session = protocol.openSession();
  let number = 0;
  for await (const line of createInterface({ input: world.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    const { positions, error } = decodeOne(session, { message: line, encoding });
    for (const position of positions) world.stdout.write(`${JSON.stringify(position)}\n`);
    if (error) world.stderr.write(`line ${number}: ${error}\n`);
  }
}

async function decodeVectors(protocol: TrackerProtocol, { vectors }: Static<typeof Vectors>, world: World) {
  const sessions = new Map<string, TrackerSession>();
  for (const { id, session: name = "", ...recorded } of vectors) {
    const session = sessions.get(name) ?? protocol.openSession();
    sessions.set(name, session);
    const { positions, error } = decodeOne(session, recorded);
    const failed = positions.length === 0 && error !== undefined;
    world.stdout.write(`${JSON.stringify({ id, positions, ...(failed && { error }) })}\n`);
  }
}

function decodeOne(session: TrackerSession, recorded: RecordedMessage) {
  const digits = recorded.message.replaceAll(/\s/g, "");
  const isHex = recorded.encoding === "hex";
  if (isHex && !/^([0-9a-f]{2})*$/i.test(digits)) {
    return { positions: [], error: "These are no hex digits in pairs." };
  }
  const message = session.takeWhole(bytesOfRecorded(isHex ? { ...recorded, message: digits } : recorded));
  return { positions: message?.fixes.map(positionOf) ?? [], error: message?.problem?.text };
}

function positionOf({ at_ms, latitude, longitude, speed_mps, course_deg, valid }: Fix) {
  return {
    time: at_ms === undefined ? null : isoOf(at_ms),
    latitude,
    longitude,
    speed_mps: speed_mps ?? null,
    course_deg: course_deg ?? null,
    valid: valid ?? false,
  };
}

async function readVectors(file: string): Promise<Static<typeof Vectors>> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AppError("FILE_UNREADABLE", `${file} cannot be read: ${messageOf(cause)}`, { cause });
  });
  const content = parsed(text);
  if (Value.Check(Vectors, content)) return content;
  const [first] = Value.Errors(Vectors, content);
  const where = first ? ` (at ${first.instancePath || "the top"}: ${first.message})` : "";
  throw new AppError(
    "VECTORS_INVALID",
    `${file} is no list of messages: it needs {"vectors":[{"id":…,"message":…,"encoding":"text" or "hex"}]}${where}.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
