import { type Clock, isoOf } from "@yardline/domain/time";

/** The time as part of a file's name; such names sort by time: `20261122T055833Z`. */
export function fileTimeOf(clock: Clock): string {
  return isoOf(clock.now_ms()).replaceAll(/[-:]|\.\d+/g, "");
}
