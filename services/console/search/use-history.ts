import { useCallback, useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import { browserStorage } from "../elements/browser-storage.ts";
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
  const history = kept?.key === key ? kept.history : parseHistory(browserStorage.getItem(key));
  const keep = useCallback(
    (next: History) => {
      setKept({ key, history: next });
      browserStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  const remember = useCallback(
    (q: string) => keep(withAsked(parseHistory(browserStorage.getItem(key)), q)),
    [key, keep],
  );
  const forget = useCallback(() => keep([]), [keep]);
  return { history, remember, forget };
}
