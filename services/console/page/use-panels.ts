import { useMemo } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { Right } from "../api/types.ts";
import { PANELS, type Panel } from "./view.ts";

/** Any of them opens a list; a list that is not here is everybody's. */
const WANTED: Partial<Readonly<Record<Panel, readonly Right[]>>> = {
  events: ["archive", "transit"],
  incidents: ["live", "archive", "dispatch"],
  cameras: ["live", "archive", "operate", "configure"],
};

/** The lists that whoever sits here may see, in their order. */
export function usePanels(): readonly Panel[] {
  const { may } = useAccount();
  return useMemo(() => PANELS.filter((panel) => !WANTED[panel] || may(...WANTED[panel])), [may]);
}
