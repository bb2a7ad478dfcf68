import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Right } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";
import type { Desk, DeskPlace } from "./view.ts";

/** A page of its own: its name in the header, who may have it, and its code, which loads when somebody comes. */
type DeskPage = {
  readonly name: MessageKey;
  readonly rights: readonly Right[];
  readonly page: LazyExoticComponent<ComponentType<{ readonly at: DeskPlace }>>;
};

/** A new desk is its folder, its name in `DESKS` and one entry here. */
export const DESK_PAGES: Readonly<Record<Desk, DeskPage>> = {
  duty: {
    name: "desk.duty",
    rights: ["live", "archive", "dispatch"],
    page: lazy(async () => ({ default: (await import("../duty/duty-desk.tsx")).DutyDesk })),
  },
  search: {
    name: "desk.search",
    rights: ["archive", "transit"],
    page: lazy(async () => ({ default: (await import("../search/search-desk.tsx")).SearchDesk })),
  },
  wall: {
    name: "desk.wall",
    rights: ["live"],
    page: lazy(async () => ({ default: (await import("../live/wall-desk.tsx")).WallDesk })),
  },
  evidence: {
    name: "desk.evidence",
    rights: ["export", "audit"],
    page: lazy(async () => ({ default: (await import("../evidence/evidence-desk.tsx")).EvidenceDesk })),
  },
  buses: {
    name: "desk.buses",
    rights: ["dispatch", "transit"],
    page: lazy(async () => ({ default: (await import("../buses/buses-desk.tsx")).BusesDesk })),
  },
  plan: {
    name: "desk.plan",
    rights: ["transit"],
    page: lazy(async () => ({ default: (await import("../plan/plan-desk.tsx")).PlanDesk })),
  },
  admin: {
    name: "desk.admin",
    rights: ["configure", "people", "operate"],
    page: lazy(async () => ({ default: (await import("../admin/admin-desk.tsx")).AdminDesk })),
  },
  privacy: {
    name: "desk.privacy",
    rights: ["audit"],
    page: lazy(async () => ({ default: (await import("../privacy/privacy-desk.tsx")).PrivacyDesk })),
  },
};
