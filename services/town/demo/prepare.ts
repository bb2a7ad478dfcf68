import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "@yardline/domain/time";
import type { Logger } from "pino";
import type { CameraConfig } from "../camera-config.ts";
import type { TownConfig } from "../config.ts";
import { startDemoBuses } from "./buses.ts";
import { buildDemoTown, type DemoTown } from "./demo-town.ts";
import { prepareFootage } from "./footage.ts";
import { freePort } from "./free-port.ts";

/** Buses by day. */
export const DEMO_BUSES = 20;

export type Demo = {
  readonly config: TownConfig;
  /** Lets the buses drive, once the gateway listens. */
  drive(port: number, clock: Clock, log: Logger, signal: AbortSignal): void;
};

/** Makes what the invented town stands on: its timetable, its footage, its settings. Milliseconds when all is there. */
export async function prepareDemo({
  folder,
  report,
}: {
  readonly folder: string;
  readonly report: (line: string) => void;
}): Promise<Demo> {
  const town = buildDemoTown();
  const gtfs = join(folder, "gtfs.zip");
  await mkdir(folder, { recursive: true });
  await writeFile(`${gtfs}.part`, await town.buildGtfs());
  await rename(`${gtfs}.part`, gtfs);
  const footage = await prepareFootage(folder, report);
  return {
    config: {
      town: { name: town.name, tenant: town.tenant },
      gtfs: { feed: "demo", from: gtfs, newer: "at-once" },
      // Any free port: nobody but the simulated buses speaks to it. A number that a town's settings may have: they are judged again.
      trackers: [{ protocol: "wialon-ips", port: await freePort() }],
      unknown_devices: "accept",
      cameras: footage ? [cameraOf(town, footage)] : [],
    },
    drive: (port, clock, log, signal) =>
      void startDemoBuses({ town, port, count: DEMO_BUSES, clock, log }, signal),
  };
}

function cameraOf({ cameras, name }: DemoTown, file: string): CameraConfig {
  const [place] = cameras;
  return {
    id: place?.id ?? "demo",
    name: place?.name ?? name,
    file,
    ...(place && { place: { latitude: place.latitude, longitude: place.longitude } }),
    purpose: "demonstration-with-recorded-material",
    legal_basis: "legitimate-interest",
    controller: name,
    retention_h: 1,
    mask: { form: "none-needed", reason: "Published footage of a campus, shown as recorded material." },
    sign: { not_needed: "Published footage: nobody is filmed." },
  };
}
