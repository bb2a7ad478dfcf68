const MINUTE_DECIMALS = 5;

/**
 * Degrees as NMEA and its many followers write them: `DDMM.MMMMM`, without a sign.
 * @param digits of the degrees: 2 for a latitude, 3 for a longitude.
 */
export function degreesMinutes(value: number, digits: number): string {
  // Rounded as a whole, or 59.999999 minutes would become 60.
  const units = Math.round(Math.abs(value) * 60 * 10 ** MINUTE_DECIMALS);
  const perDegree = 60 * 10 ** MINUTE_DECIMALS;
  const minutes = (units % perDegree) / 10 ** MINUTE_DECIMALS;
  const degrees = String(Math.floor(units / perDegree)).padStart(digits, "0");
  return `${degrees}${minutes.toFixed(MINUTE_DECIMALS).padStart(3 + MINUTE_DECIMALS, "0")}`;
}

const KNOT_IN_MPS = 1852 / 3600;

/** The fields of a place in `RMC`'s order: latitude, side, longitude, side, knots, course. */
export function placeFields(fix: {
  readonly latitude: number;
  readonly longitude: number;
  readonly speed_mps?: number;
  readonly course_deg?: number;
}): readonly string[] {
  const { latitude, longitude, speed_mps = 0, course_deg = 0 } = fix;
  return [
    ...[degreesMinutes(latitude, 2), latitude < 0 ? "S" : "N"],
    ...[degreesMinutes(longitude, 3), longitude < 0 ? "W" : "E"],
    ...[(speed_mps / KNOT_IN_MPS).toFixed(2), (course_deg % 360).toFixed(1)],
  ];
}

/** Six digits of the date, as `DDMMYY`, and six of the time; UTC. */
export function dateAndTime(at_ms: number): readonly [date: string, time: string] {
  const [year = "", month = "", day = "", ...clock] =
    new Date(at_ms).toISOString().slice(2, 19).match(/\d\d/g) ?? [];
  return [`${day}${month}${year}`, clock.join("")];
}
