import { AppError } from "@yardline/domain/errors";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import {
  EGTS_POSITIONS_MAX,
  type EgtsAnswer,
  encodeDispatcher,
  encodePositions,
  findEgtsAnswer,
} from "@yardline/sources/trackers/egts-encode";
import { dialHub, type HubLink } from "./hub-link.ts";
import type { Delivery, Hub, HubSender } from "./onward.ts";

const UINT32_MAX = 0xffffffff;

/** Speaks as a platform: one connection, each record names its object, which is the vehicle's fleet number. */
export function openEgtsSender(hub: Hub, signal: AbortSignal): HubSender {
  let link: HubLink | undefined;
  let [packet, record] = [0, 0];

  async function ask(encode: (numbers: { packet: number; record: number }) => Uint8Array, records: number) {
    const numbers = { packet, record };
    packet = (packet + 1) & 0xffff;
    record = (record + records) & 0xffff;
    const answer = await link?.ask<EgtsAnswer>(encode(numbers), findEgtsAnswer);
    if (answer?.packet === numbers.packet && answer.result === 0) return answer;
    link?.close();
    throw new AppError("HUB_AWAY", `The receiver of positions answered with code ${answer?.result}.`, {
      retryable: true,
    });
  }

  async function connected(): Promise<void> {
    if (link?.isOpen()) return;
    [packet, record] = [0, 0];
    link = await dialHub(hub, signal);
    await ask((numbers) => encodeDispatcher(hub.dispatcher_id ?? 0, numbers), 1);
  }

  async function send(positions: readonly VehiclePosition[]): Promise<Delivery> {
    const named = positions.flatMap((position) => {
      const object_id = objectOf(position.vehicle_id);
      return object_id === undefined ? [] : [{ ...position, object_id }];
    });
    let refused = 0;
    for (let at = 0; at < named.length; at += EGTS_POSITIONS_MAX) {
      const part = named.slice(at, at + EGTS_POSITIONS_MAX);
      await connected();
      refused += (await ask((numbers) => encodePositions(part, numbers), part.length)).refused;
    }
    return { sent: named.length - refused, refused, unnamed: positions.length - named.length };
  }

  return { send, close: () => link?.close() };
}

/** EGTS names objects by a number of four bytes; a fleet number with letters has none. */
function objectOf(vehicle_id: string): number | undefined {
  const number = /^\d{1,10}$/.test(vehicle_id) ? Number(vehicle_id) : Number.NaN;
  return number <= UINT32_MAX ? number : undefined;
}
