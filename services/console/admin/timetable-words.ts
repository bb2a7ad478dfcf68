import type { MessageKey } from "../messages/translate.ts";

/** Why a timetable that was sent cannot be used, by the town's code; whatever else it is called is a finding that the one in use has not. */
const FAULTS: Readonly<Record<string, MessageKey>> = {
  TIMETABLE_NOT_A_ZIP: "timetable.fault.zip",
  TIMETABLE_TOO_LARGE: "timetable.fault.large",
  TIMETABLE_READING: "timetable.fault.large",
  TIMETABLE_FILE_MISSING: "timetable.fault.file",
  TIMETABLE_COLUMN_MISSING: "timetable.fault.file",
  TIMETABLE_TABLE: "timetable.fault.table",
  TIMETABLE_EMPTY: "timetable.fault.empty",
  TIMETABLE_NO_SERVICE: "timetable.fault.no-service",
  TIMETABLE_SAME: "timetable.fault.same",
};

export function faultWords(code: string): MessageKey {
  return FAULTS[code] ?? "timetable.fault.worse";
}
