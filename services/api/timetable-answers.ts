import { isoOf } from "@yardline/domain/time";
import type { Found } from "@yardline/timetable/check/findings";
import { type Static, Type } from "typebox";
import { SettingsOwnerAnswer } from "./routes/settings.ts";
import { Instant, refTo } from "./schemas.ts";
import type { FeedStanding, OfferedTimetable } from "./timetable-parts.ts";

export const Day = Type.String({ description: "A service day, as 20261130." });

const findings = {
  findings: Type.Array(
    Type.Object({
      code: Type.String({ description: "Notice code of the canonical GTFS validator." }),
      severity: Type.Enum(["ERROR", "WARNING", "INFO"]),
      count: Type.Integer(),
      examples: Type.Array(
        Type.Object({
          file: Type.String(),
          line: Type.Integer({
            description: "Counted from 1 for the header; 0 where the whole file is meant.",
          }),
          text: Type.String(),
        }),
        { description: "The first ones, with their place." },
      ),
    }),
    { description: "Errors first." },
  ),
};

export const TimetableFindings = Type.Object(
  { checked_on: Type.Optional(Day), ...findings },
  { $id: "TimetableFindings" },
);

export const TimetableOffer = Type.Object(
  {
    version: Type.String({ description: "SHA-256 of the file." }),
    name: Type.String({ description: "As the file is called where it came from." }),
    bytes: Type.Integer(),
    sent_by: Type.String(),
    sent_at: Instant,
    refused: Type.Optional(
      Type.Object(
        { code: Type.String(), why: Type.String() },
        { description: "Why it cannot be chosen; the timetable in use stays." },
      ),
    ),
    read: Type.Optional(
      Type.Object(
        {
          ...{ first_day: Day, last_day: Day, feed_version: Type.Optional(Type.String()) },
          ...{ lines: Type.Integer(), stops: Type.Integer(), trips: Type.Integer() },
        },
        { description: "What it holds; absent where it could not be read." },
      ),
    ),
    ...findings,
  },
  { $id: "TimetableOffer" },
);

export const TimetableList = Type.Object(
  {
    owner: Type.Optional(refTo(SettingsOwnerAnswer)),
    offer: Type.Optional(refTo(TimetableOffer)),
    timetables: Type.Array(
      Type.Object({
        feed: Type.String(),
        newest: Type.Optional(
          Type.String({ description: "Where people choose: the version that was chosen last." }),
        ),
        before: Type.Optional(Type.String({ description: "The one before it, to which they may go back." })),
        sources: Type.Array(
          Type.Object({
            source: Type.String({ description: "A file's path, or of an address scheme and host." }),
            looked_at: Type.Optional(Instant),
            trouble: Type.Optional(
              Type.Object({
                kind: Type.Enum(["away", "refused"], {
                  description:
                    "It cannot be fetched since then; or what it has is worse than what is followed.",
                }),
                code: Type.String(),
                why: Type.String(),
                at: Instant,
                refused: Type.Optional(refTo(TimetableFindings)),
              }),
            ),
          }),
        ),
        versions: Type.Array(
          Type.Object({
            sha256: Type.String(),
            source: Type.String(),
            in_use: Type.Boolean({ description: "Whether today's buses drive by it." }),
            taken_at: Type.Optional(Instant),
            from: Type.Optional(Day),
            until: Type.Optional(
              Type.String({
                description: "From that service day on it is followed no more: it was taken back.",
              }),
            ),
            first_day: Day,
            last_day: Day,
            feed_version: Type.Optional(Type.String()),
          }),
        ),
      }),
    ),
  },
  { $id: "TimetableList" },
);

export function feedOf({
  feed,
  newest,
  before,
  sources,
  versions,
}: FeedStanding): Static<typeof TimetableList>["timetables"][number] {
  return {
    feed,
    ...(newest !== undefined && { newest }),
    ...(before !== undefined && { before }),
    sources: sources.map(({ source, looked_ms, trouble }) => ({
      source,
      ...(looked_ms !== undefined && { looked_at: isoOf(looked_ms) }),
      ...(trouble && { trouble: troubleOf(trouble) }),
    })),
    versions: versions.map(
      ({ sha256, source, is_in_use, taken_ms, from, until, validity, feed_version }) => ({
        ...{ sha256, source, in_use: is_in_use, first_day: validity.first, last_day: validity.last },
        ...(taken_ms !== undefined && { taken_at: isoOf(taken_ms) }),
        ...(from !== undefined && { from }),
        ...(until !== undefined && { until }),
        ...(feed_version !== undefined && { feed_version }),
      }),
    ),
  };
}

function troubleOf({
  kind,
  code,
  why,
  at_ms,
  found,
}: NonNullable<FeedStanding["sources"][number]["trouble"]>) {
  return {
    ...{ kind, code, why, at: isoOf(at_ms) },
    ...(kind === "refused" && { refused: { findings: findingsOf(found) } }),
  };
}

export function findingsOf(found: readonly Found[]): Static<typeof TimetableFindings>["findings"] {
  return found.map(({ examples, ...rest }) => ({ ...rest, examples: [...examples] }));
}

export function offerOf(offered: OfferedTimetable): Static<typeof TimetableOffer> {
  const { sha256: version, name, bytes, by: sent_by, at_ms, found, fault, read } = offered;
  return {
    ...{ version, name, bytes, sent_by, sent_at: isoOf(at_ms), findings: findingsOf(found) },
    ...(fault && { refused: { ...fault } }),
    ...(read && { read: readOf(read) }),
  };
}

function readOf({ validity, feed_version, lines, stops, trips }: NonNullable<OfferedTimetable["read"]>) {
  return {
    ...{ first_day: validity.first, last_day: validity.last, lines, stops, trips },
    ...(feed_version !== undefined && { feed_version }),
  };
}
