import type { Clock } from "@yardline/domain/time";
import type { VehiclePosition } from "@yardline/domain/vehicle-position";
import { encodeBlackBox, encodeLogin } from "@yardline/sources/trackers/wialon-encode";
import { dialHub, type Found, type HubLink } from "./hub-link.ts";
import type { Delivery, Hub, HubSender } from "./onward.ts";

/** Positions in one packet. */
const POSITIONS_MAX = 100;
/** Connections kept; the longest unused one is closed first. */
const LINKS_MAX = 500;
/** Vehicles that are told of at once. */
const AT_ONCE_MAX = 32;
/** A vehicle that the receiver does not know is not asked about again for so long. */
const REFUSED_FOR_MS = 10 * 60_000;

/** Speaks as each vehicle's own device: a connection each, logged in with the fleet number. */
export function openWialonSender(hub: Hub, clock: Clock, signal: AbortSignal): HubSender {
  const links = new Map<string, HubLink>();
  const refused_until_ms = new Map<string, number>();

  async function findLink(vehicle_id: string): Promise<HubLink | undefined> {
    if ((refused_until_ms.get(vehicle_id) ?? 0) > clock.monotonic_ms()) return undefined;
    const open = links.get(vehicle_id);
    const link = open?.isOpen() ? open : await dialHub(hub, signal);
    if (link !== open && (await link.ask(encodeLogin(vehicle_id), findLine("AL"))) !== "1") {
      link.close();
      refused_until_ms.set(vehicle_id, clock.monotonic_ms() + REFUSED_FOR_MS);
      return undefined;
    }
    refused_until_ms.delete(vehicle_id);
    // Taken out and put in again: a Map keeps the order of insertion.
    links.delete(vehicle_id);
    links.set(vehicle_id, link);
    for (const [oldest, unused] of links) {
      if (links.size <= LINKS_MAX) break;
      unused.close();
      links.delete(oldest);
    }
    return link;
  }

  /** @returns how many the receiver took. */
  async function tell(vehicle_id: string, positions: readonly VehiclePosition[]): Promise<number> {
    let taken = 0;
    for (let at = 0; at < positions.length; at += POSITIONS_MAX) {
      const part = positions.slice(at, at + POSITIONS_MAX);
      const link = await findLink(vehicle_id);
      const answer = await link?.ask(encodeBlackBox(part), findLine("AB"));
      taken += Math.min(part.length, Number(answer ?? 0) || 0);
    }
    return taken;
  }

  async function send(positions: readonly VehiclePosition[]): Promise<Delivery> {
    const left = [...Map.groupBy(positions, ({ vehicle_id }) => vehicle_id)];
    let sent = 0;
    while (left.length > 0) {
      const some = left.splice(0, AT_ONCE_MAX);
      const taken = await Promise.all(some.map(([vehicle_id, own]) => tell(vehicle_id, own)));
      sent += taken.reduce((sum, each) => sum + each, 0);
    }
    return { sent, refused: positions.length - sent, unnamed: 0 };
  }

  function close(): void {
    for (const link of links.values()) link.close();
  }

  return { send, close };
}

/** What stands in the first line of a type; lines of others are passed over. */
function findLine(type: string): (heard: Buffer) => Found<string> {
  return (heard) => {
    const end = heard.indexOf("\n");
    if (end < 0) return undefined;
    const [, found, body = ""] = /^#(\w+)#(.*?)\r?$/.exec(heard.subarray(0, end).toString("latin1")) ?? [];
    return { bytes: end + 1, ...(found === type && { answer: body }) };
  };
}
