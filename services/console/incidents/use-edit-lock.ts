import { useCallback, useEffect, useState } from "react";
import { ApiProblem, getIncidentLock, lockIncident, unlockIncident } from "../api/client.ts";

/** The lock ends by itself after two minutes; whoever still edits says so in time. */
const RENEW_MS = 20_000;

/** Whose turn it is to edit an incident. */
export type EditTurn =
  | { readonly kind: "asking" }
  | { readonly kind: "mine" }
  | {
      readonly kind: "held";
      /** Login; absent where nobody can tell. */
      readonly by?: string | undefined;
      /** They took it from whoever sits here. */
      readonly lost: boolean;
    };

/** Says that one is editing, as long as the form is open; and who is, where somebody was first. */
export function useEditLock(id: string | undefined): { readonly turn: EditTurn; takeOver(): void } {
  const [turn, setTurn] = useState<EditTurn>({ kind: id === undefined ? "mine" : "asking" });
  const [over, setOver] = useState(0);
  const takeOver = useCallback(() => setOver((times) => times + 1), []);
  useEffect(() => {
    if (id === undefined) return;
    const state = { mine: false, ended: false };
    const ask = async (take_over: boolean) => {
      const next = await askLock(id, take_over, state.mine);
      if (state.ended || !next) return;
      state.mine = next.kind === "mine";
      setTurn((before) =>
        next.kind === "held" && before.kind === "held" ? { ...next, lost: before.lost } : next,
      );
    };
    void ask(over > 0);
    const timer = setInterval(() => void ask(false), RENEW_MS);
    return () => {
      state.ended = true;
      clearInterval(timer);
      if (state.mine) unlockIncident(id).catch(ignoreProblem);
    };
  }, [id, over]);
  return { turn, takeOver };
}

/** Undefined where nobody answered: what was known stays. */
async function askLock(id: string, take_over: boolean, was_mine: boolean): Promise<EditTurn | undefined> {
  try {
    await lockIncident(id, take_over);
    return { kind: "mine" };
  } catch (thrown) {
    ignoreProblem(thrown);
    if (!(thrown instanceof ApiProblem) || thrown.kind !== "incident-being-edited") return undefined;
    const lock = await getIncidentLock(id, AbortSignal.timeout(RENEW_MS)).catch(ignoreProblem);
    return { kind: "held", by: lock?.by, lost: was_mine };
  }
}

/** It ends by itself. */
function ignoreProblem(thrown: unknown): undefined {
  if (!(thrown instanceof ApiProblem)) throw thrown;
  return undefined;
}
