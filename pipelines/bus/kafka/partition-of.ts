import { hash } from "node:crypto";

/** The partition of a source: the same in every process and release, as long as the topic has as many partitions. */
export function partitionOf(source: string, partitions: number): number {
  return Number.parseInt(hash("sha1", source).slice(0, 8), 16) % partitions;
}
