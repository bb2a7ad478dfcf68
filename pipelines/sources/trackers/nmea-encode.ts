import type { SentFix, TrackerSpeaker } from "./speaker.ts";
import { dateAndTime, placeFields } from "./write-degrees.ts";

/** NMEA's sentences over TCP, from the device's side: nothing of it is ever confirmed. */
export const nmeaSpeaker: TrackerSpeaker = {
  protocol: "nmea",
  fixes_max: 10,
  open: (device_id) => ({
    login: { sends: Buffer.from(`$IMEI=${device_id}\r\n`) },
    tell: (fixes) => ({ sends: Buffer.from(fixes.map(sentenceOf).join("")) }),
  }),
};

function sentenceOf(fix: SentFix): string {
  const [date, time] = dateAndTime(fix.at_ms);
  const body = ["GPRMC", `${time}.000`, "A", ...placeFields(fix), date, "", ""].join(",");
  const checksum = [...Buffer.from(body)].reduce((sum, byte) => sum ^ byte, 0);
  return `$${body}*${checksum.toString(16).toUpperCase().padStart(2, "0")}\r\n`;
}
