import { messageOf } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import type { Fix, TrackerMessage, TrackerProtocol } from "@yardline/sources/trackers/protocol";
import {
  type CloseReason,
  clockFound,
  deviceRefused,
  driverWrote,
  fixesHeld,
  messageUnreadable,
  passwordRefused,
  positionsPublished,
} from "@yardline/telemetry/trackers";
import type { Logger } from "pino";
import type { Cleaning } from "./cleaning.ts";
import type { DeviceDirectory, KnownDevice } from "./devices.ts";
import type { Outbox } from "./outbox.ts";

const TEXT_CHARS_MAX = 200;
/** Places that a device may send before its name, where its protocol lets it. */
const NAMELESS_MAX = 10;

/** Why a connection ended; `why` is for a person. */
export type Ending = { readonly reason: CloseReason; readonly why?: string };

/** What to tell the device after a piece of its bytes, and whether to go on. */
export type Reply = { readonly answers: readonly Uint8Array[]; readonly ending?: Ending };

/** One device's side of the gateway, without its socket. */
export type Conversation = {
  /** Who speaks, once it has said so and is one of ours. */
  findDevice(): string | undefined;
  /** Takes messages in. The answers may be sent when this resolves, and only then. Never rejects. */
  hear(messages: readonly TrackerMessage[]): Promise<Reply>;
};

type Parts = {
  readonly protocol: TrackerProtocol;
  readonly address: string;
  /** Many devices may speak, one after another: datagrams of one address. */
  readonly shared?: boolean;
  /** Whether this is the word that the port wants of everybody; it then stands for the devices' own. */
  readonly isToken?: (given: string | undefined) => boolean;
  readonly devices: DeviceDirectory;
  /** Knows the devices from before. */
  readonly cleaning: Cleaning;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when a known device has named itself. */
  onSpeaker(device_id: string): void;
};

type Batch = { readonly answers: Uint8Array[]; readonly positions: VehiclePosition[] };
type Refusal = "refused" | "wrong-password" | "another-device";
type Speaker = { readonly device_id: string; readonly vehicle_id: string };

export function openConversation(parts: Parts): Conversation {
  const { address, devices, cleaning, outbox, clock, log } = parts;
  const protocol = parts.protocol.name;
  const shared = parts.shared ?? parts.protocol.shared_connections;
  let speaker: Speaker | undefined;
  let nameless = 0;

  const link = () => ({ protocol, address, ...(speaker && { device_id: speaker.device_id }) });

  /** @returns why the device may not speak, if it may not. */
  async function admit(device_id: string, password: string | undefined): Promise<Refusal | undefined> {
    if (device_id === speaker?.device_id && password === undefined && !parts.isToken) return undefined;
    // Whoever named itself keeps that name: another one in mid-connection is a mistake or a lie.
    if (speaker && device_id !== speaker.device_id && !shared) return "another-device";
    const known = await devices.findDevice(protocol, device_id);
    const why = whyRefused(known, password, parts.isToken);
    speaker = known && !why ? { device_id, vehicle_id: known.vehicle_id } : undefined;
    if (speaker) parts.onSpeaker(device_id);
    else if (why === "wrong-password") passwordRefused(log, { protocol, address, device_id });
    else await refuse(device_id);
    return why;
  }

  async function refuse(device_id: string): Promise<void> {
    deviceRefused(log, { protocol, address, device_id }, await devices.noteUnknown(protocol, device_id));
  }

  function believed(fixes: readonly Fix[], { device_id, vehicle_id }: Speaker): readonly VehiclePosition[] {
    const device = `${protocol}:${device_id}`;
    const { positions, held, clock_ahead_ms } = cleaning.clean(device, fixes, vehicle_id, clock.now_ms());
    for (const [reason, count] of held) fixesHeld(log, link(), reason, count);
    if (clock_ahead_ms !== undefined) clockFound(log, { protocol, address, device_id }, clock_ahead_ms);
    return positions;
  }

  /** The places of devices that the connection speaks for; those of unknown ones are noted as such and dropped. */
  async function passedOn(fixes: readonly Fix[]): Promise<readonly VehiclePosition[]> {
    const positions: VehiclePosition[] = [];
    for (const device_id of new Set(fixes.flatMap((fix) => fix.device_id ?? []))) {
      const known = await devices.findDevice(protocol, device_id);
      const own = fixes.filter((fix) => fix.device_id === device_id);
      if (known) positions.push(...believed(own, { device_id, vehicle_id: known.vehicle_id }));
      else await refuse(device_id);
    }
    return positions;
  }

  function note({ problem, text }: TrackerMessage): void {
    if (problem) messageUnreadable(log, link(), problem);
    if (text !== undefined) driverWrote(log, link(), text.slice(0, TEXT_CHARS_MAX));
  }

  /** Whether nobody need have named itself yet. */
  function mayBeNameless({ fixes, name_follows = false }: TrackerMessage): boolean {
    if (fixes.every((fix) => fix.device_id !== undefined)) return true;
    nameless++;
    return name_follows && nameless <= NAMELESS_MAX;
  }

  /** Adds what a message says to the batch. @returns why it is the last one, if it is. */
  async function take(message: TrackerMessage, batch: Batch): Promise<Ending | undefined> {
    const { device_id, password, fixes } = message;
    const why = device_id === undefined ? undefined : await admit(device_id, password);
    if (why) {
      batch.answers.push(...refusalOf(message, why));
      return { reason: why };
    }
    if (!speaker && !mayBeNameless(message)) return { reason: "not-logged-in" };
    note(message);
    const own = fixes.filter((fix) => fix.device_id === undefined);
    if (speaker) batch.positions.push(...believed(own, speaker));
    batch.positions.push(...(await passedOn(fixes)));
    const answer = message.answerAt?.(clock.now_ms()) ?? message.answer;
    if (answer) batch.answers.push(answer);
    return undefined;
  }

  async function hear(messages: readonly TrackerMessage[]): Promise<Reply> {
    const batch: Batch = { answers: [], positions: [] };
    let ending: Ending | undefined;
    for (const message of messages) {
      ending = await take(message, batch);
      if (ending) break;
    }
    await outbox.put(batch.positions);
    if (batch.positions.length > 0) positionsPublished(log, link(), batch.positions.length);
    return { answers: batch.answers, ...(ending && { ending }) };
  }

  return {
    findDevice: () => speaker?.device_id,
    // Devices count answers by their order: after one that must not be sent, none may be.
    hear: (messages) =>
      hear(messages).catch((failure: unknown) => ({
        answers: [],
        ending: { reason: "unavailable", why: messageOf(failure) },
      })),
  };
}

function whyRefused(
  known: KnownDevice | undefined,
  password: string | undefined,
  isToken: Parts["isToken"],
): Refusal | undefined {
  // A stranger learns nothing of which devices are known.
  if (isToken && !isToken(password)) return "wrong-password";
  if (!known) return "refused";
  return !isToken && known.isPassword && !known.isPassword(password) ? "wrong-password" : undefined;
}

/** Who names itself otherwise is hung up on without a word. */
function refusalOf({ refusal, password_refusal }: TrackerMessage, why: Refusal): readonly Uint8Array[] {
  if (why === "another-device") return [];
  const said = why === "wrong-password" ? (password_refusal ?? refusal) : refusal;
  return said ? [said] : [];
}
