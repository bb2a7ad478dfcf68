import type { AppError } from "@yardline/domain/errors";
import type { Topic } from "./topics.ts";

/** What a bus tells about itself. */
export type BusWatch = {
  published(topic: Topic, records: number, took_ms: number): void;
  /** Too much waited already: the call was refused. */
  refused(topic: Topic, records: number): void;
  /** The disk or the brokers refused these records (0: something else of the topic), for now or for good. */
  failed(topic: Topic, records: number, error: AppError): void;
  /** A day of records reached its age and was removed. Kafka does that by itself and tells nobody. */
  expired(topic: Topic, day: string): void;
  /** How many records a group has still to handle: said each second while it is subscribed. */
  lagging(topic: Topic, group: string, records: number): void;
  /** A reader lost its brokers or its place in its group, and joins anew; what it had not handled comes again. */
  rejoining(topic: Topic, group: string, error: AppError): void;
  /** What the Kafka client says of itself; most of it mends itself. */
  said(level: "warn" | "error", message: string): void;
};
