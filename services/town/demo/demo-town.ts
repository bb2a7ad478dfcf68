import type { LatLon } from "@yardline/domain/geo";
import { buildGtfsZip } from "./gtfs.ts";
import { buildNetwork, type Network } from "./network.ts";
import { crossing, latLonOf, type Point } from "./streets.ts";
import { type Block, buildBlocks } from "./timetable.ts";

/** A place where a camera of the invented town stands. */
export type CameraPlace = LatLon & { readonly id: string; readonly name: string };

/** The invented town: «Вигадів» and three villages. Nothing of it exists, and every page says so. */
export type DemoTown = {
  readonly name: string;
  readonly tenant: string;
  readonly network: Network;
  readonly blocks: readonly Block[];
  readonly centre: LatLon;
  readonly bounds: {
    readonly south: number;
    readonly west: number;
    readonly north: number;
    readonly east: number;
  };
  /** A stop at which a bus comes every few minutes. */
  readonly stop_id: string;
  readonly cameras: readonly CameraPlace[];
  /** The blocks of so many buses by day, spread over the lines, and those of the night line. */
  listBlocks(count?: number): readonly Block[];
  /** Its timetable as a GTFS zip; the same bytes at each call. */
  buildGtfs(): Promise<Uint8Array>;
};

export function buildDemoTown(): DemoTown {
  const network = buildNetwork();
  const blocks = buildBlocks(network);
  return {
    name: "Вигадівська громада",
    tenant: "vyhadiv",
    network,
    blocks,
    centre: latLonOf(crossing(0, 0)),
    bounds: boundsOf(network),
    stop_id: "rynok-1",
    cameras: CAMERAS.map(({ at, ...camera }) => ({ ...camera, ...latLonOf(at) })),
    listBlocks: (count = blocks.length) => spread(blocks, network, count),
    buildGtfs: () => buildGtfsZip(network, blocks),
  };
}

const CAMERAS: readonly { readonly id: string; readonly name: string; readonly at: Point }[] = [
  { id: "ploshcha", name: "Центральна площа", at: crossing(0.1, 0.1) },
  { id: "dvir-likarni", name: "Двір лікарні", at: crossing(2.3, 2.2) },
  { id: "avtostantsiia", name: "Автостанція", at: crossing(-2.1, -3.1) },
];

function boundsOf({ stops }: Network): DemoTown["bounds"] {
  const latitudes = stops.map(({ latitude }) => latitude);
  const longitudes = stops.map(({ longitude }) => longitude);
  return {
    south: Math.min(...latitudes),
    west: Math.min(...longitudes),
    north: Math.max(...latitudes),
    east: Math.max(...longitudes),
  };
}

/** First buses of each line first, then the second ones, and so on. */
function spread(blocks: readonly Block[], { lines }: Network, count: number): readonly Block[] {
  const night = new Set(lines.filter((line) => line.night).map(({ route_id }) => route_id));
  const isNight = ({ trips }: Block) => night.has(trips[0]?.route_id ?? "");
  const order = ({ block_id }: Block) => Number(block_id.split("-")[1]);
  const byDay = blocks.filter((block) => !isNight(block)).toSorted((a, b) => order(a) - order(b));
  return [...byDay.slice(0, count), ...blocks.filter(isNight)];
}
