import type { LatLon } from "@yardline/domain/geo";
import type { GeoBox } from "../condition.ts";
import { RADIUS_M_MAX } from "./problems.ts";
import { findUnit, type Unit } from "./words.ts";

/** Numbers with units, as people type them and as they are printed. */

const UNIT_MS: Readonly<Record<Unit, number>> = {
  milliseconds: 1,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 7 * 86_400_000,
};
const DURATION_MS_MAX = 366 * UNIT_MS.days;
const DURATION_PART = /(\d{1,12}(?:\.\d{1,3})?)(\p{L}{1,10})/uy;
const COMPARISON = /^(>=|<=|>|<|=)?(.+)$/u;
const PRINTED: readonly (readonly [Unit, string])[] = [
  ["hours", "h"],
  ["minutes", "m"],
  ["seconds", "s"],
  ["milliseconds", "ms"],
];

/** Bounds in seconds, included. Measures are known to the millisecond, which is what `>` adds to `>=`. */
export type Bounds = { readonly min?: number; readonly max?: number };

/** `>5m`, `<=90s`, `=0s`, `2m..10m`, `..-1m`; undefined for anything else. */
export function boundsOf(text: string): Bounds | undefined {
  const at = text.indexOf("..");
  if (at >= 0) return rangeOf(text.slice(0, at), text.slice(at + 2));
  const [, sign, rest = ""] = COMPARISON.exec(text) ?? [];
  const ms = durationOf(rest);
  if (ms === undefined || sign === undefined) return undefined;
  return {
    ...(sign !== "<" && sign !== "<=" && { min: (sign === ">" ? ms + 1 : ms) / 1000 }),
    ...(sign !== ">" && sign !== ">=" && { max: (sign === "<" ? ms - 1 : ms) / 1000 }),
  };
}

function rangeOf(from: string, to: string): Bounds | undefined {
  const [min_ms, max_ms] = [durationOf(from), durationOf(to)];
  if ((from !== "" && min_ms === undefined) || (to !== "" && max_ms === undefined)) return undefined;
  if (min_ms === undefined && max_ms === undefined) return undefined;
  if (min_ms !== undefined && max_ms !== undefined && min_ms > max_ms) return undefined;
  return {
    ...(min_ms !== undefined && { min: min_ms / 1000 }),
    ...(max_ms !== undefined && { max: max_ms / 1000 }),
  };
}

/** `30s`, `2h`, `1h30m`, `-5хв` in milliseconds. */
function durationOf(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  let [at, ms] = [sign < 0 ? 1 : 0, 0];
  if (at === text.length) return undefined;
  while (at < text.length) {
    DURATION_PART.lastIndex = at;
    const [part = "", number, name = ""] = DURATION_PART.exec(text) ?? [];
    const unit = findUnit(name);
    if (!unit) return undefined;
    ms += Math.round(Number(number) * UNIT_MS[unit]);
    at += part.length;
  }
  return ms > DURATION_MS_MAX ? undefined : sign * ms + 0;
}

export function printBounds({ min, max }: Bounds): string {
  const [min_ms, max_ms] = [inMs(min), inMs(max)];
  if (min_ms !== undefined && max_ms !== undefined)
    return `${printDuration(min_ms)}..${printDuration(max_ms)}`;
  if (min_ms !== undefined) {
    return (min_ms - 1) % 1000 === 0 ? `>${printDuration(min_ms - 1)}` : `>=${printDuration(min_ms)}`;
  }
  if (max_ms === undefined) return "..";
  return (max_ms + 1) % 1000 === 0 ? `<${printDuration(max_ms + 1)}` : `<=${printDuration(max_ms)}`;
}

function inMs(value_s: number | undefined): number | undefined {
  return value_s === undefined ? undefined : Math.round(value_s * 1000);
}

/** In the largest unit of which it is a whole number. */
function printDuration(ms: number): string {
  if (ms === 0) return "0s";
  const [unit, name] = PRINTED.find(([each]) => ms % UNIT_MS[each] === 0) ?? ["milliseconds", "ms"];
  return `${ms / UNIT_MS[unit]}${name}`;
}

const DEGREES = /^-?\d{1,3}(?:\.\d{1,12})?$/;
const RADIUS = /^(\d{1,9}(?:\.\d{1,6})?)(m|м|km|км)?$/iu;

export type Circle = { readonly center: LatLon; readonly radius_m: number };

/** Latitude, longitude, radius; undefined where they are no circle of a town's size. */
export function circleOf(parts: readonly string[]): Circle | undefined {
  const [latitude, longitude, radius = ""] = parts;
  const center = { latitude: degreesOf(latitude, 90), longitude: degreesOf(longitude, 180) };
  const [, number = "", unit = "m"] = RADIUS.exec(radius) ?? [];
  const radius_m = Number(number) * (/^k|^к/iu.test(unit) ? 1000 : 1);
  const isCircle = parts.length === 3 && radius_m > 0 && radius_m <= RADIUS_M_MAX;
  return isCircle && !Number.isNaN(center.latitude + center.longitude) ? { center, radius_m } : undefined;
}

/** West, south, east, north; undefined where they are no box. */
export function boxOf(parts: readonly string[]): GeoBox | undefined {
  const [west, south, east, north] = parts.map((part, at) => degreesOf(part, at % 2 === 0 ? 180 : 90));
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return undefined;
  return parts.length === 4 && west < east && south < north ? { west, south, east, north } : undefined;
}

function degreesOf(text: string | undefined, max: number): number {
  const degrees = text !== undefined && DEGREES.test(text) ? Number(text) + 0 : Number.NaN;
  return Math.abs(degrees) <= max ? degrees : Number.NaN;
}

/** Without an exponent, which nobody types. */
export function printNumber(number: number): string {
  return number.toFixed(12).replace(/\.?0+$/, "");
}
