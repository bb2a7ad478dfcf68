import { LABELS } from "@yardline/domain/detection";
import { type Static, type TObject, Type } from "typebox";
import { SCENE_RULES } from "./rules.ts";
import type { SceneRule } from "./scene-rule.ts";
import { ScheduleWindow } from "./schedule.ts";

const strict = { additionalProperties: false };

/** Zones are named by people, so any letters will do; `all` is the whole picture. */
const Name = Type.String({ minLength: 1, maxLength: 60, description: "Its name in rules and events." });
const Share = Type.Number({ minimum: 0, maximum: 1 });
const Corner = Type.Tuple([Share, Share]);

const Zone = Type.Object(
  {
    id: Name,
    polygon: Type.Array(Corner, {
      minItems: 3,
      maxItems: 64,
      description: "Corners [x, y] in fractions of the picture, from its top-left.",
    }),
  },
  strict,
);

const LineSetting = Type.Object(
  {
    id: Name,
    points: Type.Array(Corner, {
      minItems: 2,
      maxItems: 32,
      description: "Points [x, y] in fractions of the picture, in the order of walking along it.",
    }),
    into: Type.Optional(
      Type.Enum(["left", "right"], {
        description: "The side that `in` leads to, walking along the points (default right).",
      }),
    ),
  },
  strict,
);

const Schedule = Type.Object(
  { id: Name, times: Type.Array(ScheduleWindow, { minItems: 1, maxItems: 32 }) },
  strict,
);

/** A number for each label that needs one. */
const ByLabel = Type.Object(Object.fromEntries(LABELS.map((label) => [label, Type.Optional(Share)])), strict);

/** What every rule can be told. */
const COMMON = {
  enabled: Type.Optional(
    Type.Boolean({ description: "False: not at all, as `camera-moved` of a camera that turns by itself." }),
  ),
  schedule: Type.Optional(
    Type.String({ description: "Works only then; happenings that go on at its end are closed as lost." }),
  ),
  labels: Type.Optional(Type.Array(Type.Enum([...LABELS]), { minItems: 1, maxItems: LABELS.length })),
  score_min: Type.Optional({
    ...ByLabel,
    description: "A track counts from its first detection that reaches its label's score.",
  }),
  height_min: Type.Optional({
    ...ByLabel,
    description: "And its label's height, in fractions of the picture's.",
  }),
  cooldown_s: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 86_400,
      description: "After one is raised nothing new is raised at this place for so long (default 0).",
    }),
  ),
  severity: Type.Optional(Type.Enum(["info", "notice", "alarm"])),
};

type Common = ReturnType<typeof Type.Object<typeof COMMON>>;

/** How settings say where a rule looks. */
const ZONE = { zone: Type.Optional(Type.String({ description: "The zone; the whole picture without." })) };
const PLACES = {
  zone: ZONE,
  line: { ...ZONE, line: Type.String({ description: "The line that it watches." }) },
  camera: {},
};

/** The settings of one use of a rule: its own options, where it looks, and what every rule can be told. */
function settingOf({ kind, at, options }: SceneRule): TObject {
  const own = Object.fromEntries(
    Object.entries(options.properties).map(([name, schema]) => [name, Type.Optional(schema)]),
  );
  return Type.Object({ rule: Type.Literal(kind), ...PLACES[at], ...COMMON, ...own }, strict);
}

/** What each rule's settings have in common; its own options stand beside them under their names. */
export type RuleSetting = {
  readonly rule: string;
  readonly zone?: string;
  readonly line?: string;
} & Readonly<Static<Common>> &
  Readonly<Record<string, unknown>>;

/** Zones, lines, schedules and rules of one camera. Without `rules` every presence in the whole picture is told. */
export const SceneSettings = Type.Object({
  zones: Type.Optional(Type.Array(Zone, { maxItems: 32 })),
  lines: Type.Optional(Type.Array(LineSetting, { maxItems: 32 })),
  schedules: Type.Optional(Type.Array(Schedule, { maxItems: 16 })),
  rules: Type.Optional(
    Type.Array(Type.Unsafe<RuleSetting>(Type.Union(SCENE_RULES.map(settingOf))), { maxItems: 32 }),
  ),
});

export type SceneSettings = Static<typeof SceneSettings>;

/** What the town says once for all its cameras. */
export const CalendarSettings = {
  timezone: Type.Optional(
    Type.String({ description: "IANA name, as Europe/Kyiv; without it the machine's own zone." }),
  ),
  holidays: Type.Optional(
    Type.Array(Type.String({ format: "date", description: "A date as 2026-12-25." }), { maxItems: 1000 }),
  ),
};
