import type { Box } from "@yardline/domain/box";
import type { EpochMs } from "@yardline/domain/time";
import { findEntryOf, sentenceOf } from "@yardline/events/catalogue";
import { YardlineEvent } from "@yardline/events/event";
import { type Static, Type } from "typebox";
import { Compile } from "typebox/compile";
import { refTo, Sentence } from "./schemas.ts";

const Links = Type.Object({
  self: Type.String(),
  snapshot: Type.Optional(Type.String({ description: "Its picture." })),
  clip: Type.Optional(Type.String({ description: "Its recording." })),
  filmstrip: Type.Optional(Type.String({ description: "Pictures out of its recording, side by side." })),
});

const EventIncident = Type.Object({ id: Type.String(), title: Type.String(), state: Type.String() });

/** An event as the doors give it: the CloudEvent as stored, a sentence for people, and where its pictures are. */
export const ApiEvent = Type.Object(
  {
    ...YardlineEvent.properties,
    sentence: refTo(Sentence),
    links: Links,
    incidents: Type.Optional(Type.Array(EventIncident, { description: "What people attached it to." })),
  },
  { $id: "ApiEvent", additionalProperties: true },
);
export type ApiEvent = Static<typeof ApiEvent>;

export function apiEventOf(event: YardlineEvent): ApiEvent {
  const self = `/v1/events/${event.occurrence}`;
  const { snapshot, clip } = mediaOf(event);
  return {
    ...event,
    sentence: {
      uk: sentenceOf(event, "uk"),
      ru: sentenceOf(event, "ru"),
      en: sentenceOf(event, "en"),
    },
    links: {
      self,
      ...(snapshot !== undefined && { snapshot: `${self}/snapshot` }),
      ...(clip && { clip: `${self}/clip`, filmstrip: `${self}/filmstrip` }),
    },
  };
}

/** What of an event can be looked at. */
export type EventMedia = {
  /** Media id. */
  readonly snapshot?: string;
  /** Where in the snapshot the thing is. */
  readonly box?: Box;
  readonly clip?: { readonly camera: string; readonly from_ms: EpochMs; readonly to_ms: EpochMs };
};

const Share = Type.Number({ minimum: 0, maximum: 1 });
/** Asked of each event of a page: looking through the schema each time was a fifth of a search. */
const MediaFields = Compile(
  Type.Object({
    camera: Type.String(),
    snapshot: Type.Optional(Type.String()),
    box: Type.Optional(Type.Tuple([Share, Share, Share, Share])),
    clip: Type.Optional(Type.Object({ from: Type.String(), to: Type.String() })),
  }),
);

/** The media that an event of a kind with media names; nothing for every other. */
export function mediaOf(event: YardlineEvent): EventMedia {
  if (!findEntryOf(event)?.media || !MediaFields.Check(event.data)) return {};
  const { camera, snapshot, box, clip } = event.data;
  const from_ms = Date.parse(clip?.from ?? "");
  const to_ms = Date.parse(clip?.to ?? "");
  return {
    ...(snapshot !== undefined && { snapshot }),
    ...(box && { box: boxOf(box) }),
    ...(from_ms < to_ms && { clip: { camera, from_ms, to_ms } }),
  };
}

function boxOf([left, top, right, bottom]: readonly [number, number, number, number]): Box {
  return { left, top, right, bottom };
}
