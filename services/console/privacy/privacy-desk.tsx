import { lazy } from "react";
import { Rooms } from "../elements/rooms.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import type { DeskPlace } from "../page/view.ts";

/** A new room is its file and one entry here. */
const ROOMS = {
  log: {
    name: "room.log",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("./log-room.tsx")).LogRoom })),
  },
  register: {
    name: "room.register",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("./register-room.tsx")).RegisterRoom })),
  },
  deletions: {
    name: "room.deletions",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("./deletions-room.tsx")).DeletionsRoom })),
  },
  holds: {
    name: "room.holds",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("./holds-room.tsx")).HoldsRoom })),
  },
  requests: {
    name: "room.requests",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("./requests-room.tsx")).RequestsRoom })),
  },
  exports: {
    name: "room.exports",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("./exports-room.tsx")).ExportsRoom })),
  },
} as const;

/** The privacy officer's desk: who looked at what, and whether the filmed get what is theirs. */
export function PrivacyDesk({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  return <Rooms at={at} label={t("desk.privacy")} rooms={ROOMS} />;
}
