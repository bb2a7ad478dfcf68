import { adm } from "./adm.ts";
import { arnavi } from "./arnavi.ts";
import { egts } from "./egts.ts";
import { galileosky } from "./galileosky.ts";
import { gl200 } from "./gl200.ts";
import { gps103 } from "./gps103.ts";
import { granit } from "./granit.ts";
import { gt06 } from "./gt06.ts";
import { h02 } from "./h02.ts";
import { jt808 } from "./jt808.ts";
import { meitrack } from "./meitrack.ts";
import { navtelecom } from "./navtelecom.ts";
import { ndtp } from "./ndtp.ts";
import { nmea } from "./nmea.ts";
import { omnicomm } from "./omnicomm.ts";
import { osmand } from "./osmand.ts";
import type { TrackerProtocol } from "./protocol.ts";
import { ruptela } from "./ruptela.ts";
import { teltonika } from "./teltonika.ts";
import { tk103 } from "./tk103.ts";
import { wialonIps } from "./wialon-ips.ts";

/** Every way in which trackers may speak to us. A new one is one file and one line here. */
export const TRACKER_PROTOCOLS: readonly TrackerProtocol[] = [
  wialonIps,
  egts,
  teltonika,
  galileosky,
  arnavi,
  navtelecom,
  ndtp,
  omnicomm,
  granit,
  adm,
  ruptela,
  nmea,
  osmand,
  gt06,
  h02,
  gps103,
  tk103,
  meitrack,
  jt808,
  gl200,
];

/** By the name that the command line and the settings use. */
export function findTrackerProtocol(name: string): TrackerProtocol | undefined {
  return TRACKER_PROTOCOLS.find((protocol) => protocol.name === name);
}
