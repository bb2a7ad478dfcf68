import type { LatLon } from "@yardline/domain/geo";
import type { EpochMs } from "@yardline/domain/time";
import type { Recognition } from "./recognise.ts";
import { openSession, type TrackerSession } from "./session.ts";

/** One place that a device reports, as it reports it: whether to believe it is decided by the gateway. */
export type Fix = LatLon & {
  /** Whose place it is, where one connection speaks for many devices; absent: of whoever speaks. */
  readonly device_id?: string;
  /** The device's own time, UTC; absent where the message has none. */
  readonly at_ms?: EpochMs;
  readonly speed_mps?: number;
  /** Clockwise from north, [0, 360). */
  readonly course_deg?: number;
  /** What the vehicle has driven in all, where the device counts it. */
  readonly odometer_m?: number;
  /** Whether the device claims that satellites gave this place; absent where it says nothing about it. */
  readonly valid?: boolean;
  /** Sent later out of the device's memory, so that "no time" cannot mean "now". */
  readonly buffered: boolean;
};

/** Why a message, or a part of it, could not be used. */
export type TrackerProblem = {
  /** One of a short list, so that it can label a counter. */
  readonly code:
    | "structure"
    | "checksum"
    | "time"
    | "coordinates"
    | "motion"
    | "satellites"
    | "compression"
    | "unwanted";
  /** One sentence for a person, without the message's own text. */
  readonly text: string;
};

/** One whole message of a device, understood as far as it can be. */
export type TrackerMessage = {
  /** Who speaks from here on: from a login, or from protocols that name the device in each message. */
  readonly device_id?: string;
  /** What it gave to prove that, where the protocol has a word for it. */
  readonly password?: string;
  readonly fixes: readonly Fix[];
  /** To be sent once every fix of the message is safe, or at once where it has none. */
  readonly answer?: Uint8Array;
  /** In place of `answer`, where it tells the device what time it is. */
  readonly answerAt?: (now_ms: EpochMs) => Uint8Array;
  /** To be sent instead when the device is not one of ours. */
  readonly refusal?: Uint8Array;
  /** To be sent instead when its password is wrong, where the protocol tells these apart. */
  readonly password_refusal?: Uint8Array;
  readonly problem?: TrackerProblem;
  /** What the driver typed. */
  readonly text?: string;
  /** A device that has not named itself yet does so after its place, so that a place without a name is no reason to hang up. */
  readonly name_follows?: boolean;
};

/**
 * One way in which devices speak over one connection. Everything here is pure: bytes in, messages out, no clock.
 * `State` is what the connection has taught so far (a login, a version); a new state is returned, the old one never changed.
 */
export type Definition<State> = {
  /** As the command line and the settings name it. */
  readonly name: string;
  /** One line for lists: whose protocol, which versions. */
  readonly title: string;
  /** Whether a connection that begins with these bytes speaks this; undefined while they are too few to tell. */
  recognise(first: Uint8Array): Recognition;
  /** Devices may send datagrams instead: each is whole, and may lack its end mark. */
  readonly datagrams?: boolean;
  /** One connection may speak for one device after another, as HTTP behind a proxy does. */
  readonly shared_connections?: boolean;
  /** A frame longer than this closes the session: the most memory that one connection may take. */
  readonly frame_bytes_max: number;
  /**
   * The whole length of the first frame of `bytes`, end mark included, as soon as it can be told, even while its end is not
   * here yet; undefined until then. The bytes before `from` were looked at in an earlier call that could not tell. `state` is
   * what the frames before have taught: in some protocols a device says at first how long its records will be.
   * Infinity where the bytes begin no frame of this protocol: the session closes, and a device that lost its place comes again.
   */
  measureFrame(bytes: Uint8Array, from: number, state: State): number | undefined;
  readonly start: State;
  /**
   * Reads one frame, with or without its end mark; no message for an empty one. Never throws, and keeps no part of `frame`,
   * whose bytes are overwritten afterwards.
   */
  decode(state: State, frame: Uint8Array): { readonly state: State; readonly message?: TrackerMessage };
};

export type TrackerProtocol = {
  readonly name: string;
  readonly title: string;
  recognise(first: Uint8Array): Recognition;
  readonly datagrams: boolean;
  readonly shared_connections: boolean;
  /** A decoder for one connection. */
  openSession(): TrackerSession;
};

/** One file of this folder each; see README.md. */
export function defineTrackerProtocol<State>(definition: Definition<State>): TrackerProtocol {
  return {
    name: definition.name,
    title: definition.title,
    recognise: definition.recognise,
    datagrams: definition.datagrams ?? false,
    shared_connections: definition.shared_connections ?? false,
    openSession: () => openSession(definition),
  };
}
