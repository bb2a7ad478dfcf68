import { openDeviceDirectory } from "@yardline/trackers/devices";
import { type Listen, startGateway } from "@yardline/trackers/gateway";
import type { Site } from "../site.ts";

/** Takes what the buses' trackers send. @returns where it listens; nowhere when the settings name no tracker. */
export async function startTaking(
  { config, stores, parts, clock, log }: Site,
  signal: AbortSignal,
): Promise<readonly Listen[]> {
  const { trackers = [], devices = [], unknown_devices: unknown = "quarantine" } = config;
  if (trackers.length === 0) return [];
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  const listen = trackers.map(({ protocol, port, host = "127.0.0.1" }) => ({ protocol, port, host }));
  const directory = openDeviceDirectory(records, clock, { devices, unknown });
  const gateway = await startGateway({ listen, devices: directory, bus, clock, log }, signal);
  parts.run("tracker gateway", true, gateway.stopped);
  return gateway.listening;
}
