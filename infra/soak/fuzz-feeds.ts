import { AppError } from "@yardline/domain/errors";
import { FEED_FORMATS } from "@yardline/sources/feeds/feeds";
import bindings from "gtfs-realtime-bindings";
import { randomOf } from "../bench/town-events.ts";
import { checkPlace, type Decoder, makeInput } from "./fuzzed-input.ts";

const NOW_MS = Date.parse("2026-03-01T12:00:00Z");
const TOPIC = "/hfp/v2/journey/ongoing/vp/bus/0055/01216/2081/2/Made/20:25/1130106/2/60;24/19/73/44";
/** What a feed may answer to bytes that are none of its format. */
const REFUSALS: ReadonlySet<string> = new Set(["FEED_BROKEN", "FEED_MAPPING", "FEED_REFUSED"]);

type Made = { readonly settings: object; readonly message: Uint8Array };

const text = (message: string) => new TextEncoder().encode(message);

/** A good message of each format, made for this, with two vehicles where it holds several. */
const MADE: Readonly<Record<string, Made>> = {
  "gtfs-realtime": {
    settings: {},
    message: bindings.transit_realtime.FeedMessage.encode({
      header: { gtfsRealtimeVersion: "2.0", timestamp: NOW_MS / 1000 },
      entity: ["1", "2"].map((id) => ({
        id,
        vehicle: {
          trip: { tripId: `trip-${id}`, startDate: "20260301" },
          position: { latitude: 49.5, longitude: 31.25, bearing: 90, speed: 8 },
          timestamp: NOW_MS / 1000,
          vehicle: { id },
        },
      })),
    }).finish(),
  },
  hfp: {
    settings: {},
    message: text(
      JSON.stringify({
        VP: { tst: "2026-03-01T12:00:00Z", tsi: 1772366400, lat: 49.5, long: 31.25, spd: 8, hdg: 90 },
      }),
    ),
  },
  "siri-vm": {
    settings: {},
    message: text(
      `<Siri><ServiceDelivery><VehicleMonitoringDelivery>${"<VehicleActivity><RecordedAtTime>2026-03-01T12:00:00Z</RecordedAtTime><MonitoredVehicleJourney><LineRef>7</LineRef><VehicleLocation><Longitude>31.25</Longitude><Latitude>49.5</Latitude></VehicleLocation><VehicleRef>12</VehicleRef></MonitoredVehicleJourney></VehicleActivity>".repeat(2)}</VehicleMonitoringDelivery></ServiceDelivery></Siri>`,
    ),
  },
  json: {
    settings: {
      mapping: {
        ...{ vehicles: "items", id: "id", latitude: "at[1]", longitude: "at[0]" },
        ...{ time: "time", time_format: "iso" },
      },
    },
    message: text(
      JSON.stringify({
        items: ["1", "2"].map((id) => ({ id, at: [31.25, 49.5], time: "2026-03-01T12:00:00Z" })),
      }),
    ),
  },
};

/** The readers of feeds. Each refuses in its own words, and nothing else comes of bytes that are none of its format. */
export const FEED_DECODERS: readonly Decoder[] = FEED_FORMATS.flatMap((format) => {
  const made = MADE[format.name];
  if (!made) return [];
  const read = format.open(made.settings);
  return [
    {
      name: format.name,
      fuzz(seed) {
        const bytes = makeInput([made.message], randomOf(seed));
        try {
          const { fixes } = read({ bytes, topic: TOPIC, received_at_ms: NOW_MS });
          fixes.forEach(checkPlace);
          return { bytes: bytes.length, messages: 1, fixes: fixes.length };
        } catch (thrown) {
          if (!(thrown instanceof AppError && REFUSALS.has(thrown.code))) throw thrown;
          return { bytes: bytes.length, messages: 0, fixes: 0 };
        }
      },
    },
  ];
});
