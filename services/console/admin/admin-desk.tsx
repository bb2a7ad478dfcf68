import { lazy } from "react";
import { Rooms } from "../elements/rooms.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import type { DeskPlace } from "../page/view.ts";

/** A new room is its file and one entry here. */
const ROOMS = {
  health: {
    name: "room.health",
    rights: ["operate", "configure"],
    page: lazy(async () => ({ default: (await import("./health-room.tsx")).HealthRoom })),
  },
  cameras: {
    name: "room.cameras",
    rights: ["configure"],
    page: lazy(async () => ({ default: (await import("./cameras-room.tsx")).CamerasRoom })),
  },
  timetables: {
    name: "room.timetables",
    rights: ["configure"],
    page: lazy(async () => ({ default: (await import("./timetables-room.tsx")).TimetablesRoom })),
  },
  trackers: {
    name: "room.trackers",
    rights: ["configure", "dispatch"],
    page: lazy(async () => ({ default: (await import("./trackers-room.tsx")).TrackersRoom })),
  },
  people: {
    name: "room.people",
    rights: ["people"],
    page: lazy(async () => ({ default: (await import("./people-room.tsx")).PeopleRoom })),
  },
  settings: {
    name: "room.settings",
    rights: ["configure"],
    page: lazy(async () => ({ default: (await import("./settings-room.tsx")).SettingsRoom })),
  },
} as const;

/** The administrator's desk: how everything is, and what it is made of. */
export function AdminDesk({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  return <Rooms at={at} label={t("desk.admin")} rooms={ROOMS} />;
}
