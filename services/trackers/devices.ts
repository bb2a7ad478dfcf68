import { AppError } from "@yardline/domain/errors";
import { findPlate } from "@yardline/domain/plate";
import { type Clock, isoOf } from "@yardline/domain/time";
import type { Change, Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { isPassword, SealedPassword } from "./device-password.ts";

/** Unknown devices on the list; whoever knocks after that is only counted. */
export const UNKNOWN_DEVICES_MAX = 500;
/** A device that knocks often is written down at most this often. */
const NOTE_EVERY_MS = 60_000;

const KIND = "device";
const KIND_UNKNOWN = "unknown-device";

const ID_CHARS_MAX = 64;

/** Which vehicle carries a device. Kept in Records, kind `device`. */
const Device = Type.Object({
  protocol: Type.String({ minLength: 1, maxLength: ID_CHARS_MAX }),
  device_id: Type.String({ minLength: 1, maxLength: ID_CHARS_MAX, description: "IMEI or serial number." }),
  vehicle_id: Type.String({
    minLength: 1,
    maxLength: ID_CHARS_MAX,
    description: "Fleet number: what people call this bus. Never a plate.",
  }),
  password: Type.Optional(SealedPassword),
});
type Device = Static<typeof Device>;

/** A device that knocked and was refused. Kept in Records, kind `unknown-device`, until somebody adopts it. */
const UnknownDevice = Type.Object({
  protocol: Type.String(),
  device_id: Type.String(),
  first_seen_at: Type.String(),
  last_seen_at: Type.String({ description: "Not later than a minute behind." }),
});

/** A device that may speak. */
export type KnownDevice = {
  readonly vehicle_id: string;
  /** Where one was set: whether this is its password. A device that gave none is not let in. */
  readonly isPassword?: (given: string | undefined) => boolean;
};

type UnknownDevice = Static<typeof UnknownDevice>;

/** Who may speak, and for which vehicle. */
export type DeviceDirectory = {
  findDevice(protocol: string, device_id: string): Promise<KnownDevice | undefined>;
  /** Notes one that was refused. @returns whether it is on the list. */
  noteUnknown(protocol: string, device_id: string): Promise<boolean>;
};

type Settings = {
  /** Devices that the settings name, whatever they speak; they come before those in Records. */
  readonly devices?: readonly Pick<Device, "device_id" | "vehicle_id">[];
  /** `accept`: takes a device that is on no list at its word, and its id for the vehicle's; for the demo and for trying out. */
  readonly unknown?: "quarantine" | "accept";
};

/** The directory of a town: devices of the settings and adopted ones may speak, the others are listed. */
export function openDeviceDirectory(
  records: Pick<Records, "find" | "list" | "write">,
  clock: Clock,
  { devices = [], unknown = "quarantine" }: Settings = {},
): DeviceDirectory {
  const named = new Map(devices.map(({ device_id, vehicle_id }) => [comparable(device_id), vehicle_id]));

  async function findAdopted(protocol: string, device_id: string): Promise<KnownDevice | undefined> {
    const row = await records.find(KIND, idOf({ protocol, device_id }));
    if (!row || !Value.Check(Device, row.value)) return undefined;
    const { vehicle_id, password } = row.value;
    return { vehicle_id, ...(password && { isPassword: (given) => isPassword(password, given) }) };
  }

  return {
    async findDevice(protocol, device_id) {
      const vehicle_id = named.get(comparable(device_id));
      const known = vehicle_id === undefined ? await findAdopted(protocol, device_id) : { vehicle_id };
      return known ?? (unknown === "accept" ? { vehicle_id: device_id } : undefined);
    },
    async noteUnknown(protocol, device_id) {
      const id = idOf({ protocol, device_id });
      const now_ms = clock.now_ms();
      const row = await records.find(KIND_UNKNOWN, id);
      const before = row && Value.Check(UnknownDevice, row.value) ? row.value : undefined;
      if (before && now_ms - Date.parse(before.last_seen_at) < NOTE_EVERY_MS) return true;
      if (!before && (await records.list(KIND_UNKNOWN)).length >= UNKNOWN_DEVICES_MAX) return false;
      const last_seen_at = isoOf(now_ms);
      const value = {
        protocol,
        device_id,
        first_seen_at: before?.first_seen_at ?? last_seen_at,
        last_seen_at,
      };
      await records.write([{ kind: KIND_UNKNOWN, id, value }]);
      return true;
    },
  };
}

/**
 * Gives a device to a vehicle and takes it off the list of unknown ones.
 * @throws AppError `DEVICE_INVALID`; those of Records.
 */
export async function adoptDevice(records: Pick<Records, "write">, device: Device): Promise<void> {
  if (!Value.Check(Device, device)) {
    throw new AppError(
      "DEVICE_INVALID",
      `A device needs a protocol, a device_id and a vehicle_id, each of 1 to ${ID_CHARS_MAX} characters.`,
    );
  }
  const id = idOf(device);
  await records.write([
    { kind: KIND, id, value: device },
    { kind: KIND_UNKNOWN, id, value: undefined },
  ]);
}

/**
 * The same for a device that nobody adopted yet: of two people who adopt it at once the second one is told.
 * @throws AppError `DEVICE_TAKEN`, those of `adoptDevice`.
 */
export async function adoptNewDevice(records: Pick<Records, "write">, device: Device): Promise<void> {
  const onlyNew = {
    write: (changes: readonly Change[]) =>
      records.write(changes.map((change) => (change.kind === KIND ? { ...change, expected: 0 } : change))),
  };
  try {
    await adoptDevice(onlyNew, device);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === "RECORDS_CONFLICT")) throw thrown;
    const message = `${device.protocol} ${device.device_id} is on a vehicle already. Take it off there first: ./yardline trackers forget.`;
    throw new AppError("DEVICE_TAKEN", message, { cause: thrown });
  }
}

/** Takes a device from its vehicle: from its next connection on it is an unknown one. */
export async function forgetDevice(
  records: Pick<Records, "write">,
  device: Pick<Device, "protocol" | "device_id">,
): Promise<void> {
  const id = idOf(device);
  await records.write([
    { kind: KIND, id, value: undefined },
    { kind: KIND_UNKNOWN, id, value: undefined },
  ]);
}

/** Who was adopted, and who knocks in vain, the last heard first. */
export async function listDevices(records: Pick<Records, "list">): Promise<{
  readonly adopted: readonly Device[];
  readonly unknown: readonly UnknownDevice[];
}> {
  const [adopted, unknown] = await Promise.all([records.list(KIND), records.list(KIND_UNKNOWN)]);
  return {
    adopted: adopted.flatMap(({ value }) => (Value.Check(Device, value) ? [value] : [])),
    unknown: unknown
      .flatMap(({ value }) => (Value.Check(UnknownDevice, value) ? [value] : []))
      .toSorted((one, other) => other.last_seen_at.localeCompare(one.last_seen_at)),
  };
}

function idOf({ protocol, device_id }: Pick<Device, "protocol" | "device_id">): string {
  return `${protocol}:${comparable(device_id)}`;
}

/** Some devices are called by a plate, which the device and whoever adopted it may have typed in different alphabets. */
function comparable(device_id: string): string {
  return findPlate(device_id) ?? device_id;
}
