import { LABELS } from "@yardline/domain/detection";
import { type Static, Type } from "./event-type.ts";
import type { Identity } from "./identity.ts";

const Instant = Type.String({ format: "date-time" });

/** How the place of an event is known whose camera rides on a vehicle. */
export const CarriedBy = Type.Object(
  {
    vehicle: Type.Optional(
      Type.String({ description: "Fleet number of the vehicle that the camera rides on." }),
    ),
    age_ms: Type.Integer({ minimum: 0, description: "How long before the picture the fix was taken." }),
    fix_at: Type.Optional(
      Type.String({ format: "date-time", description: "The fix by the satellites' clock." }),
    ),
    clock_off_ms: Type.Optional(
      Type.Integer({ description: "How far the pictures' clock is ahead of the satellites'." }),
    ),
  },
  { description: "Set where the camera rides on a vehicle and its place at that moment is known." },
);
export type CarriedBy = Static<typeof CarriedBy>;

/** What every event says that a rule raised about one camera's picture. */
export const SCENE_FIELDS = {
  camera: Type.String({ description: "Camera id." }),
  rule: Type.String({ description: "The rule that raised it." }),
  zone: Type.String({ description: "Zone or line id; `all` is the whole picture." }),
  since: Type.String({ format: "date-time", description: "Capture time of the first frame that shows it." }),
  until: Type.String({
    format: "date-time",
    description: "Capture time of the last frame that shows it, so far.",
  }),
  recorded: Type.Optional(Type.Boolean({ description: "True for recorded material: a file, the demo." })),
  position: Type.Optional(CarriedBy),
  ended: Type.Optional(
    Type.Union([Type.Literal("left"), Type.Literal("lost")], {
      description: "`lost`: we stopped looking before it left.",
    }),
  ),
};

/** The pictures of such an event. */
export const PICTURE_FIELDS = {
  box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()], {
    description: "left, top, right, bottom of the snapshot's box, in fractions of the picture.",
  }),
  snapshot: Type.Optional(Type.String({ description: "Media id of the best picture." })),
  clip: Type.Optional(
    Type.Object(
      { from: Instant, to: Instant },
      { description: "The recording that shows it, pre- and post-roll included." },
    ),
  ),
};

/** And where it is about one object. */
export const TRACK_FIELDS = {
  ...SCENE_FIELDS,
  ...PICTURE_FIELDS,
  track: Type.String({ description: "Track UUID: one object of one camera, for the length of its stay." }),
  label: Type.Enum([...LABELS]),
  score: Type.Number({ minimum: 0, maximum: 1, description: "Best score of its detections." }),
};

export const Sightings = Type.Integer({ minimum: 1, description: "Frames in which it was detected." });

type Scene = {
  readonly camera: string;
  readonly rule: string;
  readonly zone: string;
  readonly since: string;
};

/** One happening of a rule at one place. */
export function sceneIdentity({ camera, rule, zone, since }: Scene): Identity {
  return { anchor_ms: Date.parse(since), key: [camera, rule, zone] };
}

/** One happening of a rule at one place about one object. */
export function trackIdentity({ camera, rule, zone, since, track }: Scene & { track: string }): Identity {
  return { anchor_ms: Date.parse(since), key: [camera, rule, zone, track] };
}

/** What shows people lives for three days, that it happened for a year. */
export const TRACK_RETENTION = {
  media_h: 72,
  personal_h: 72,
  skeleton_days: 365,
  personal: ["track", "box", "snapshot", "clip"],
} as const;

type Found = {
  readonly label: string;
  readonly zone: string;
  readonly camera: string;
  readonly position?: CarriedBy;
};

export function sceneFacets({ label, zone, camera, position }: Found) {
  return {
    label: [label],
    zone: [zone],
    camera: [camera],
    ...(position?.vehicle !== undefined && { vehicle: [position.vehicle] }),
  };
}

export function durationOf({ since, until }: { readonly since: string; readonly until: string }) {
  return { duration_s: (Date.parse(until) - Date.parse(since)) / 1000 };
}
