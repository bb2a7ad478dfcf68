import type { SettingsOwner } from "@yardline/api/settings-parts";
import type { CheckedTimetable, FeedStanding, TimetableView } from "@yardline/api/timetable-parts";
import { shownSettings } from "../shown-settings.ts";
import type { TownTimetables } from "./town-timetables.ts";

/** A few feeds of a few versions. */
const CHECKED_MAX = 32;

/** The timetables as they may be shown: of an address only where it is, since keys stand in many. What was checked today is not checked again. */
export function timetableView(
  timetables: Pick<TownTimetables, "standing" | "check" | "choosing">,
  owner: SettingsOwner,
): TimetableView {
  const checked = new Map<string, CheckedTimetable>();
  const { choosing } = timetables;
  return {
    owner,
    ...(choosing && { choosing }),
    list: () => timetables.standing().map(shownFeed),
    async check(feed, sha256) {
      const today = timetables.standing().find((each) => each.feed === feed)?.today;
      const key = `${feed} ${sha256} ${today}`;
      const known = checked.get(key);
      if (known) return known;
      const found = await timetables.check(feed, sha256);
      if (checked.size >= CHECKED_MAX) checked.clear();
      if (found) checked.set(key, found);
      return found;
    },
  };
}

function shownFeed({ sources, versions, ...rest }: FeedStanding): FeedStanding {
  return {
    ...rest,
    sources: sources.map(({ source, trouble, ...rest }) => ({
      ...{ source: shown(source), ...rest },
      ...(trouble && { trouble: { ...trouble, why: trouble.why.replaceAll(source, shown(source)) } }),
    })),
    versions: versions.map((version) => ({ ...version, source: shown(version.source) })),
  };
}

const shown = (source: string) => String(shownSettings(source));
