import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { type ApiProblem, changeIncident, noteIncident } from "../api/client.ts";
import type { AskedChange, Incident, Session } from "../api/types.ts";
import { useSending } from "../elements/sending.tsx";
import type { Asking } from "./ask-change.tsx";

/** Under which name whoever sits here acts; where nobody signs in, as the API calls them. */
export const nameOf = ({ login }: Session): string => login ?? "guest";

/** What may be done about something, by a button or a key. */
export type Deeds = {
  readonly incident: Incident | undefined;
  readonly mine: boolean;
  /** Somebody else who is editing it. */
  readonly editor: string | undefined;
  readonly asking: Asking | undefined;
  /** Something is being done that was asked for without a form. */
  readonly busy: boolean;
  /** Why the last one could not be done. */
  readonly problem: ApiProblem | undefined;
  ask(asking: Asking | undefined): void;
  /** Claims it, or takes it over; what is one's own already stays so. */
  claim(): void;
  release(): void;
  /** @throws ApiProblem. */
  send(change: AskedChange): Promise<void>;
  /** @throws ApiProblem. */
  note(text: string, once: string): Promise<void>;
};

/**
 * @param open makes the incident where there is none yet.
 * @param onChanged with the incident as it is then; with undefined where somebody else has changed it meanwhile.
 */
export function useDeeds(
  incident: Incident | undefined,
  {
    editor,
    open,
    onChanged,
  }: {
    /** Login of whoever is known to be editing it. */
    readonly editor?: string | undefined;
    open?(): Promise<Incident>;
    onChanged(incident: Incident | undefined): void;
  },
): Deeds {
  const { session } = useAccount();
  const [asking, ask] = useState<Asking>();
  const { busy, problem, send: sendOnce } = useSending();
  const target = async (): Promise<Incident> => {
    if (incident) return incident;
    if (!open) throw new Error("Nothing can be done about what is no incident.");
    const made = await open();
    onChanged(made);
    return made;
  };
  const send = async (change: AskedChange) => {
    const { id, revision } = await target();
    try {
      onChanged(await changeIncident(id, revision, change));
    } catch (thrown) {
      // Whoever sends it again has seen what it is now.
      onChanged(undefined);
      throw thrown;
    }
    ask(undefined);
  };
  const at_once = (change: AskedChange) => void sendOnce(() => send(change));
  const mine = incident?.claimed_by !== undefined && incident.claimed_by === nameOf(session);
  return {
    ...{ incident, mine, asking, busy, problem, ask, send },
    editor: editor === nameOf(session) ? undefined : editor,
    claim() {
      if (!mine) at_once({ do: "claim", ...(incident?.claimed_by !== undefined && { take_over: true }) });
    },
    release: () => at_once({ do: "release" }),
    async note(text, once) {
      const { id } = await target();
      onChanged(await noteIncident(id, text, once));
    },
  };
}
