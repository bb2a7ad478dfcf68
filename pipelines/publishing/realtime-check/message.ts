import { AppError, messageOf } from "@yardline/domain/errors";
import bindings from "gtfs-realtime-bindings";

const { FeedMessage } = bindings.transit_realtime;

/** Largest message that is read; a country's vehicles take a few megabytes. */
export const MESSAGE_BYTES_MAX = 64 * 1024 * 1024;

/** A FeedMessage as it was really sent: what the sender left out is undefined, numbers are numbers, enumerations are names. */
export type Message = {
  readonly header?: {
    readonly gtfsRealtimeVersion?: string;
    readonly incrementality?: string;
    readonly timestamp?: number;
  };
  readonly entity?: readonly Entity[];
};

export type Entity = {
  readonly id?: string;
  readonly isDeleted?: boolean;
  readonly tripUpdate?: TripUpdate;
  readonly vehicle?: Vehicle;
  readonly alert?: { readonly informedEntity?: readonly Selector[] };
};

export type TripDescriptor = {
  readonly tripId?: string;
  readonly routeId?: string;
  readonly directionId?: number;
  readonly startTime?: string;
  readonly startDate?: string;
  readonly scheduleRelationship?: string;
};

export type TripUpdate = {
  readonly trip?: TripDescriptor;
  readonly vehicle?: { readonly id?: string };
  readonly timestamp?: number;
  readonly stopTimeUpdate?: readonly StopTimeUpdate[];
};

export type StopTimeUpdate = {
  readonly stopSequence?: number;
  readonly stopId?: string;
  readonly arrival?: StopTimeEvent;
  readonly departure?: StopTimeEvent;
  readonly scheduleRelationship?: string;
};

export type StopTimeEvent = { readonly time?: number; readonly delay?: number };

export type Vehicle = {
  readonly trip?: TripDescriptor;
  readonly vehicle?: { readonly id?: string };
  readonly position?: {
    readonly latitude?: number;
    readonly longitude?: number;
    readonly bearing?: number;
    readonly speed?: number;
  };
  readonly timestamp?: number;
  readonly stopId?: string;
  readonly currentStopSequence?: number;
};

export type Selector = {
  readonly agencyId?: string;
  readonly routeId?: string;
  readonly routeType?: number;
  readonly stopId?: string;
  readonly trip?: TripDescriptor;
};

/** @throws AppError `GTFS_REALTIME_UNREADABLE` for what is no FeedMessage. */
export function readMessage(bytes: Uint8Array): Message {
  if (bytes.length > MESSAGE_BYTES_MAX) throw unreadable(`it has ${bytes.length} bytes`);
  try {
    return FeedMessage.toObject(FeedMessage.decode(bytes), { longs: Number, enums: String });
  } catch (cause) {
    throw unreadable(messageOf(cause), cause);
  }
}

function unreadable(why: string, cause?: unknown): AppError {
  const text = `The feed is no GTFS-Realtime message (${why}); give the protobuf form of a feed, not JSON or a page.`;
  return new AppError("GTFS_REALTIME_UNREADABLE", text, { cause });
}
