import { exactly, type SentFix, type TrackerSpeaker } from "./speaker.ts";
import { dateAndTime, placeFields } from "./write-degrees.ts";

/** GPS103's text over TCP, from the device's side; only its login is answered. */
export const gps103Speaker: TrackerSpeaker = {
  protocol: "gps103",
  fixes_max: 10,
  open: (device_id) => ({
    login: { sends: Buffer.from(`##,imei:${device_id},A;`), isHeard: exactly("LOAD") },
    tell: (fixes) => ({
      sends: Buffer.from(fixes.map((fix) => `imei:${device_id},tracker,${fieldsOf(fix)};`).join("")),
    }),
  }),
};

/** The date of its own zone, here UTC, as year, month, day, hours and minutes; then the time of the fix. */
function fieldsOf(fix: SentFix): string {
  const [date, time] = dateAndTime(fix.at_ms);
  const local = `${date.slice(4)}${date.slice(2, 4)}${date.slice(0, 2)}${time.slice(0, 4)}`;
  return [local, "", "F", `${time}.000`, "A", ...placeFields(fix)].join(",");
}
