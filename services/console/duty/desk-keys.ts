import type { openIncident } from "../api/client.ts";
import { toEvidence } from "../evidence/evidence-view.ts";
import type { Deeds } from "../incidents/use-deeds.ts";
import type { View } from "../page/view.ts";
import type { QueueGroup } from "./queue-groups.ts";

/** What the keys do about what is on the stage. */
export function keysOf(
  deeds: Deeds | undefined,
  stage: { readonly current: HTMLElement | null },
  note: { readonly current: HTMLTextAreaElement | null },
) {
  if (!deeds) return {};
  const open = deeds.incident?.state !== "closed";
  return {
    play: () => {
      const video = stage.current?.querySelector("video");
      if (video?.paused) void video.play().catch(() => undefined);
      else video?.pause();
    },
    note: () => note.current?.focus(),
    ...(open && {
      claim: deeds.claim,
      escalate: () => deeds.ask("escalate"),
      "hand-over": () => deeds.ask("hand-over"),
      close: () => deeds.ask("close"),
    }),
  };
}

/** What leaves of it as evidence: the recordings of all that it is about. */
export function exportOf({ incident, events }: QueueGroup): Pick<View, "at"> {
  const recorded = events.filter(({ links }) => links.clip !== undefined).map(({ occurrence }) => occurrence);
  return toEvidence({ page: "new", wanted: { events: recorded, incident: incident?.id } });
}

/** What an incident begins with that is made of what is on the stage. */
export function openingOf(
  group: QueueGroup | undefined,
  say: (sentences: NonNullable<QueueGroup["lead"]>["sentence"]) => string,
  purpose: string,
): Parameters<typeof openIncident>[0] {
  const { lead, events = [], severity } = group ?? {};
  return {
    do: "open",
    title: lead ? say(lead.sentence).slice(0, 200) : purpose,
    purpose,
    priority: severity === "alarm" ? "high" : "normal",
    events: events.slice(0, ATTACHED_MAX).map(({ occurrence }) => occurrence),
  };
}

/** Events that an incident is opened with; the rest is attached from the stage. */
const ATTACHED_MAX = 50;
