import type { Incident, IncidentEntry } from "../api/types.ts";
import type { Tone } from "../elements/badge.tsx";
import type { MessageKey, Values } from "../messages/translate.ts";

export const STATES: Readonly<Record<Incident["state"], { readonly name: MessageKey; readonly tone: Tone }>> =
  {
    open: { name: "incident.open", tone: "bad" },
    claimed: { name: "incident.claimed", tone: "accent" },
    escalated: { name: "incident.escalated", tone: "warn" },
    closed: { name: "incident.closed", tone: "plain" },
  };

export const OUTCOMES = {
  resolved: "outcome.resolved",
  "false-alarm": "outcome.false-alarm",
  "passed-on": "outcome.passed-on",
  "nothing-found": "outcome.nothing-found",
} as const satisfies Readonly<Record<NonNullable<Incident["outcome"]>, MessageKey>>;

type Said = { readonly key: MessageKey; readonly values?: Values; readonly text?: string };

/** One line of the log: what was done, and what was written with it. */
export function saidOf({ change }: Pick<IncidentEntry, "change">): Said {
  switch (change.do) {
    case "open":
      return { key: "done.open", text: change.purpose };
    case "claim":
      return { key: change.take_over ? "done.take-over" : "done.claim" };
    case "release":
      return { key: "done.release" };
    case "note":
      return { key: "done.note", text: change.text };
    case "amend":
      return { key: "done.amend", ...(change.title !== undefined && { text: change.title }) };
    case "attach":
      return { key: "done.attach", values: countsOf(change) };
    case "detach":
      return { key: "done.detach", values: countsOf(change), text: change.why };
    case "escalate":
      return { key: "done.escalate", values: { to: change.to }, text: change.why };
    case "close":
      return { key: "done.close", text: change.why };
    case "reopen":
      return { key: "done.reopen", text: change.why };
    case "hand-over":
      return {
        key: "done.hand-over",
        values: { to: change.to },
        ...(change.note !== undefined && { text: change.note }),
      };
  }
}

function countsOf({
  events = [],
  cameras = [],
}: {
  readonly events?: readonly unknown[];
  readonly cameras?: readonly unknown[];
}) {
  return { events: events.length, cameras: cameras.length };
}
