import { createHash } from "node:crypto";
import type { EpochMs } from "@yardline/domain/time";

/** Marks our own name-based UUIDs off from everybody else's. */
const NAMESPACE = "yardline-recording-track";

/**
 * Track UUIDs of a recording: the same for the same camera, start and serial on every machine, so that watching again gives the
 * same bytes. Version 8 of RFC 9562 (custom, from a hash).
 */
export function recordedTrackIds(camera: string, start_ms: EpochMs): (serial: number) => string {
  return (serial) => {
    const bytes = createHash("sha256")
      .update(JSON.stringify([NAMESPACE, camera, start_ms, serial]))
      .digest()
      .subarray(0, 16);
    bytes.writeUInt8(0x80 | ((bytes[6] ?? 0) & 0x0f), 6);
    bytes.writeUInt8(0x80 | ((bytes[8] ?? 0) & 0x3f), 8);
    const hex = bytes.toString("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
}
