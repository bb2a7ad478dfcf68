import { gpmf } from "./gpmf.ts";
import { klv } from "./klv.ts";
import { nmeaLines } from "./nmea-lines.ts";
import type { PositionFormat } from "./position-format.ts";

/** Every way in which a video stream may carry places. A new one is one file and one line here. */
export const POSITION_FORMATS: readonly PositionFormat[] = [gpmf, klv, nmeaLines];
