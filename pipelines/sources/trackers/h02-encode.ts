import { exactly, type SentFix, type TrackerSpeaker } from "./speaker.ts";
import { dateAndTime, placeFields } from "./write-degrees.ts";

/** H02's text over TCP, from the device's side: each place names its device and is confirmed with its own time. */
export const h02Speaker: TrackerSpeaker = {
  protocol: "h02",
  fixes_max: 1,
  open: (device_id) => ({
    tell: ([fix]) => ({
      sends: Buffer.from(fix ? `*HQ,${device_id},V1,${fieldsOf(fix)},FFFFFBFF#` : ""),
      isHeard: exactly(`*HQ,${device_id},V4,V1,${stampOf(fix?.at_ms ?? 0)}#`),
    }),
  }),
};

function fieldsOf(fix: SentFix): string {
  const [date, time] = dateAndTime(fix.at_ms);
  return [time, "A", ...placeFields(fix), date].join(",");
}

function stampOf(at_ms: number): string {
  return new Date(at_ms).toISOString().replaceAll(/\D/g, "").slice(0, 14);
}
