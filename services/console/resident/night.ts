/** A screen at a stop shines into bedrooms: dimmed from ten in the evening to six in the morning of the town. */
export function isNight(at_ms: number, timezone: string): boolean {
  const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: timezone });
  const now = Number(hour.format(at_ms));
  return now >= 22 || now < 6;
}
