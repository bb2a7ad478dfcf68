import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { LatLon } from "@yardline/domain/geo";
import {
  EGTS_POSITIONS_MAX,
  type EgtsNumbers,
  encodeDispatcher,
  encodePositions,
} from "@yardline/sources/trackers/egts-encode";

/** A gateway lets one connection say 50 positions a second for ever: a hub of so many buses says half of that. */
const BUSES_A_HUB = 250;

export type SentPlace = LatLon & { readonly at_ms: number; readonly speed_mps: number };

/** Regional platforms that pass on the places of many buses over one EGTS connection each; bus `i` is object `i + 1`. */
export class Hubs {
  readonly #sockets: readonly Socket[];
  readonly #numbers: EgtsNumbers[];

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
    this.#numbers = sockets.map(() => ({ packet: 1, record: 1 }));
  }

  static async open(port: number, buses: number): Promise<Hubs> {
    const sockets = Array.from({ length: Math.ceil(buses / BUSES_A_HUB) }, () =>
      connect({ port, host: "127.0.0.1" }),
    );
    await Promise.all(
      sockets.map(async (socket, hub) => {
        socket.on("error", () => {});
        // The confirmations; what is not confirmed is not shown, and that is what is measured.
        socket.resume();
        await once(socket, "connect");
        socket.write(encodeDispatcher(hub + 1, { packet: 0, record: 0 }));
      }),
    );
    return new Hubs(sockets);
  }

  send(places: ReadonlyMap<number, SentPlace>): void {
    const byHub = Map.groupBy(places, ([bus]) => Math.floor(bus / BUSES_A_HUB));
    for (const [hub, own] of byHub) {
      for (let at = 0; at < own.length; at += EGTS_POSITIONS_MAX) {
        this.#say(hub, own.slice(at, at + EGTS_POSITIONS_MAX));
      }
    }
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #say(hub: number, places: readonly (readonly [number, SentPlace])[]): void {
    const numbers = this.#numbers[hub] ?? { packet: 0, record: 0 };
    const positions = places.map(([bus, place]) => ({ object_id: bus + 1, ...place }));
    this.#sockets[hub]?.write(encodePositions(positions, numbers));
    this.#numbers[hub] = {
      packet: (numbers.packet + 1) & 0xffff,
      record: (numbers.record + positions.length) & 0xffff,
    };
  }
}
