import type { Static } from "typebox";
import { type Language, Type } from "./event-type.ts";

const Instant = Type.String({ format: "date-time" });

/** What is said of something that was put down in a yard, or taken away from it. */
export const YardThing = Type.Object({
  camera: Type.String({ description: "Camera id." }),
  rule: Type.String({ description: "The rule that raised it." }),
  zone: Type.String({ description: "Zone id; `all` is the whole picture." }),
  region: Type.String({ description: "Names the place in the picture among all of this camera." }),
  since: Type.String({
    format: "date-time",
    description: "Capture time of the first frame that shows it so.",
  }),
  until: Type.String({
    format: "date-time",
    description: "Capture time of the last frame that shows it so, so far.",
  }),
  box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()], {
    description: "left, top, right, bottom of the place, in fractions of the picture.",
  }),
  area: Type.Number({ minimum: 0, maximum: 1, description: "Share of the picture that changed." }),
  snapshot: Type.Optional(Type.String({ description: "Media id of a picture that shows it." })),
  clip: Type.Optional(
    Type.Object(
      { from: Instant, to: Instant },
      { description: "The recording that shows it, pre- and post-roll included." },
    ),
  ),
  recorded: Type.Optional(Type.Boolean({ description: "True for recorded material: a file, the demo." })),
  ended: Type.Optional(
    Type.Enum(["undone", "settled", "known", "lost"], {
      description:
        "`undone`: taken away again, or back; `settled`: part of the scene now; `known`: it is a followed object; `lost`: we stopped looking.",
    }),
  ),
});
export type YardThing = Static<typeof YardThing>;

/** What both kinds of event about such a thing share; they differ in their names and sentences. */
export const THING_EVENT = {
  version: 1,
  data: YardThing,
  identity: ({ camera, rule, zone, region, since }: YardThing) => ({
    anchor_ms: Date.parse(since),
    key: [camera, rule, zone, region],
  }),
  audience: "dispatcher",
  retention: {
    media_h: 72,
    personal_h: 72,
    skeleton_days: 365,
    personal: ["box", "snapshot", "clip"],
  },
  media: true,
  facets: ({ zone, camera }: YardThing) => ({ zone: [zone], camera: [camera] }),
  measures: (data: YardThing) => ({ duration_s: lasted_s(data) }),
} as const;

/** How long it has been so, in s. */
export function lasted_s({ since, until }: Pick<YardThing, "since" | "until">): number {
  return (Date.parse(until) - Date.parse(since)) / 1000;
}

/** A share as per cent with one decimal, in the language's own writing. */
export function percentOf(share: number, language: Language): string {
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(share * 100);
  return `${number} %`;
}
