import type { EpochMs } from "@yardline/domain/time";

const PARTS = { yyyy: "year", MM: "month", dd: "day", HH: "hour", mm: "minute", ss: "second" } as const;
const PART = /yyyy|MM|dd|HH|mm|ss/g;

/** How a feed writes its times: the names of the settings, or a pattern like `dd.MM.yyyy HH:mm:ss`. */
export type TimeFormat = {
  readonly format: string;
  /** The zone of times that name none. */
  readonly timezone: string;
};

/** A pattern that names each part of a day and a minute once. */
export function isTimePattern(pattern: string): boolean {
  const found = pattern.match(PART) ?? [];
  return ["yyyy", "MM", "dd", "HH", "mm"].every((part) => found.filter((each) => each === part).length === 1);
}

export function isTimezone(name: string): boolean {
  try {
    return Boolean(Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name));
  } catch {
    return false;
  }
}

/**
 * A moment as a feed writes it. Of a local time that the clocks show twice in autumn the one nearer to `near_ms` is meant.
 * @returns undefined where the text is no such time.
 */
export function readTime(
  value: unknown,
  { format, timezone }: TimeFormat,
  near_ms: EpochMs,
): EpochMs | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  if (format === "epoch-s" || format === "epoch-ms") {
    const number = value === "" ? Number.NaN : Number(value);
    const at_ms = Math.round(format === "epoch-s" ? number * 1000 : number);
    return Number.isSafeInteger(at_ms) ? at_ms : undefined;
  }
  const text = String(value).trim();
  if (format !== "iso") return readPattern(text, format, timezone, near_ms);
  const iso = text.replace(" ", "T");
  if (!/(Z|[+-]\d\d:?\d\d)$/i.test(iso)) return localMoment(iso, timezone, near_ms);
  const at_ms = Date.parse(iso);
  return Number.isNaN(at_ms) ? undefined : at_ms;
}

function readPattern(text: string, pattern: string, timezone: string, near_ms: EpochMs): EpochMs | undefined {
  const names: string[] = [];
  const expression = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(PART, (part) => {
    names.push(part);
    return part === "yyyy" ? "(\\d{4})" : "(\\d{1,2})";
  });
  const found = new RegExp(`^${expression}$`).exec(text);
  if (!found) return undefined;
  const of = new Map(names.map((name, at) => [name, found[at + 1] ?? ""]));
  const two = (name: keyof typeof PARTS) => (of.get(name) ?? "0").padStart(2, "0");
  const day = [two("yyyy"), two("MM"), two("dd")].join("-");
  return localMoment(`${day}T${[two("HH"), two("mm"), two("ss")].join(":")}`, timezone, near_ms);
}

function localMoment(text: string, timezone: string, near_ms: EpochMs): EpochMs | undefined {
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: "reject" });
    const both = (["earlier", "later"] as const).map(
      (disambiguation) => local.toZonedDateTime(timezone, { disambiguation }).epochMilliseconds,
    );
    return both.toSorted((a, b) => Math.abs(a - near_ms) - Math.abs(b - near_ms))[0];
  } catch {
    return undefined;
  }
}
