import { openDeviceDirectory } from "@yardline/trackers/devices";
import { type Listen, startGateway } from "@yardline/trackers/gateway";
import { runOnward } from "@yardline/trackers/onward";
import type { Site } from "../site.ts";

/** Takes what the buses' trackers send, and passes positions on to whom the settings name. @returns where it listens; nowhere when the settings name no tracker. */
export async function startTaking(
  { config, stores, parts, clock, log }: Site,
  signal: AbortSignal,
): Promise<readonly Listen[]> {
  const { trackers = [], devices = [], onward = [], unknown_devices: unknown = "quarantine" } = config;
  for (const hub of onward) {
    const passing = runOnward({ bus: await stores.bus(), hub, clock, log }, signal);
    parts.run(`positions onward to ${hub.name}`, true, passing);
  }
  if (trackers.length === 0) return [];
  const [bus, records] = await Promise.all([stores.bus(), stores.records()]);
  const listen = trackers.map(({ protocol, port, host = "127.0.0.1" }) => ({ protocol, port, host }));
  const directory = openDeviceDirectory(records, clock, { devices, unknown });
  const gateway = await startGateway({ listen, devices: directory, bus, clock, log }, signal);
  parts.run("tracker gateway", true, gateway.stopped);
  return gateway.listening;
}
