import { egtsSpeaker } from "./egts-encode.ts";
import { gps103Speaker } from "./gps103-encode.ts";
import { gt06Speaker } from "./gt06-encode.ts";
import { h02Speaker } from "./h02-encode.ts";
import { nmeaSpeaker } from "./nmea-encode.ts";
import { osmandSpeaker } from "./osmand-encode.ts";
import type { TrackerSpeaker } from "./speaker.ts";
import { teltonikaSpeaker } from "./teltonika-encode.ts";
import { wialonSpeaker } from "./wialon-encode.ts";

/** Every protocol that a simulated device can speak. A new one is one file and one line here. */
export const TRACKER_SPEAKERS: readonly TrackerSpeaker[] = [
  wialonSpeaker,
  egtsSpeaker,
  teltonikaSpeaker,
  gt06Speaker,
  h02Speaker,
  gps103Speaker,
  nmeaSpeaker,
  osmandSpeaker,
];
