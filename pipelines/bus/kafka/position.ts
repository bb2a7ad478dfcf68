import { AppError } from "@yardline/domain/errors";
import { OLDEST } from "../event-bus.ts";

/** Offset of the next record to read in each partition, by its number; none where everything kept is to be read. */
export type Offsets = readonly (number | undefined)[];

/** Offsets in base 36, in the order of the partitions: `k1c.0..zz` has nothing read of the third one. */
const POSITION = /^k[0-9a-z]{0,11}(\.[0-9a-z]{0,11}){0,999}$/;

/**
 * The place between what is read and what is not, over all partitions, as one text. Records of different partitions have no
 * order, so "after this record" means after it in its partition and after what its reader had read of the others.
 */
export function positionOf(next: Offsets): string {
  return `k${Array.from(next, textOf).join(".")}`;
}

/** The positions after records of one partition, each as `positionOf` would give it, while the other partitions stay as they are. */
export function positionsAfter(next: Offsets, partition: number, offsets: readonly number[]): string[] {
  const texts = Array.from({ length: Math.max(next.length, partition + 1) }, (_, at) => textOf(next[at]));
  const before = `k${texts
    .slice(0, partition)
    .map((text) => `${text}.`)
    .join("")}`;
  const after = texts
    .slice(partition + 1)
    .map((text) => `.${text}`)
    .join("");
  return offsets.map((offset) => `${before}${textOf(offset + 1)}${after}`);
}

/** @throws AppError `BUS_POSITION`. */
export function offsetsOf(position: string): Offsets {
  if (position === OLDEST) return [];
  if (!POSITION.test(position)) {
    throw new AppError("BUS_POSITION", `"${position.slice(0, 40)}" is no position of this bus.`);
  }
  return position
    .slice(1)
    .split(".")
    .map((text) => (text === "" ? undefined : Number.parseInt(text, 36)));
}

function textOf(offset: number | undefined): string {
  return offset?.toString(36) ?? "";
}
