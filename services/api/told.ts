import type { Delivered } from "@yardline/bus/event-bus";
import { AppError } from "@yardline/domain/errors";
import type { YardlineEvent } from "@yardline/events/event";
import { readEvent } from "@yardline/events/read-event";
import { apiEventOf } from "./api-event.ts";

/** An event as it came over the bus. */
export type Told = {
  /** Where to go on reading after it: its SSE id. */
  readonly position: string;
  readonly event: YardlineEvent;
  /** It in the words of Server-Sent Events; written once, however many listen. */
  message(): string;
};

/** A record of the bus read as an event; undefined for what is none. */
export function findTold({ position, body }: Delivered): Told | undefined {
  try {
    return tell(position, readEvent(body));
  } catch (thrown) {
    if (thrown instanceof AppError) return undefined;
    throw thrown;
  }
}

/** Whatever is told of an event: its message is made when somebody first listens. */
export function tell(position: string, event: YardlineEvent): Told {
  let message: string | undefined;
  return {
    position,
    event,
    message() {
      message ??= `${idLine(position)}event: event\ndata: ${JSON.stringify(apiEventOf(event))}\n\n`;
      return message;
    },
  };
}

/** A comment, which says that the line is alive, with the place reached: an EventSource remembers that too. */
export function heartbeatOf(position: string | undefined): string {
  return `:\n${idLine(position)}\n`;
}

/** The first thing a listener hears: how soon to come back after a break, and where it stands. */
export function greetingOf(position: string | undefined, reconnect_ms: number): string {
  return `retry: ${reconnect_ms}\n${idLine(position)}\n`;
}

function idLine(position: string | undefined): string {
  return position === undefined ? "" : `id: ${position}\n`;
}
