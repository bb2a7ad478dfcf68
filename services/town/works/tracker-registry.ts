import type { TrackerRegistry } from "@yardline/api/parts";
import { AppError } from "@yardline/domain/errors";
import type { Records } from "@yardline/records/records";
import { findTrackerProtocol } from "@yardline/sources/trackers/protocols";
import { adoptNewDevice, listDevices } from "@yardline/trackers/devices";

/** The devices of a town for whoever asks over HTTP. */
export function trackerRegistry(records: Pick<Records, "list" | "write">): TrackerRegistry {
  return {
    listUnknown: async () => (await listDevices(records)).unknown,
    async adopt(device) {
      if (!findTrackerProtocol(device.protocol)) {
        throw new AppError("DEVICE_PROTOCOL", `There is no protocol "${device.protocol}".`);
      }
      await adoptNewDevice(records, device);
    },
  };
}
