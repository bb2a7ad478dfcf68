import { useCallback, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { type History, parseHistory, withAsked } from "./history.ts";

/** What whoever sits here asked on this device. Another person at the same machine has their own. */
export function useHistory(): {
  readonly history: History;
  remember(q: string): void;
  forget(): void;
} {
  const { session } = useAccount();
  const key = `yardline.searches.${session.login ?? ""}`;
  const [kept, setKept] = useState<{ readonly key: string; readonly history: History }>();
  const history = kept?.key === key ? kept.history : parseHistory(read(key));
  const keep = useCallback(
    (next: History) => {
      setKept({ key, history: next });
      write(key, next);
    },
    [key],
  );
  const remember = useCallback((q: string) => keep(withAsked(parseHistory(read(key)), q)), [key, keep]);
  const forget = useCallback(() => keep([]), [keep]);
  return { history, remember, forget };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, history: History): void {
  try {
    localStorage.setItem(key, JSON.stringify(history));
  } catch {
    // A browser that keeps nothing still has the history until it is closed.
  }
}
