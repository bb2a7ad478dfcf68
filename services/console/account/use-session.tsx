import { createContext, use, useCallback, useEffect, useMemo, useState } from "react";
import { ApiProblem, getSession, onSignedOut } from "../api/client.ts";
import { startPolling } from "../api/polling.ts";
import type { Right, Session } from "../api/types.ts";

/** Who sits here, and what they may. */
export type Account = {
  readonly session: Session;
  /** The session ended while somebody worked: what is on the page stays until they are back. */
  readonly ended: boolean;
  /** Of the page: what a person of these rights may see. */
  may(...rights: readonly Right[]): boolean;
  /** After signing in or out. */
  changed(session: Session): void;
};

const AccountContext = createContext<Account | undefined>(undefined);
export const AccountProvider = AccountContext.Provider;

export function useAccount(): Account {
  const account = use(AccountContext);
  if (!account) throw new Error("useAccount outside of AccountProvider");
  return account;
}

/** Asked for until it is known, and again whenever an answer says that one must sign in. Undefined until then. */
export function useNewAccount(): Account | undefined {
  const [session, setSession] = useState<Session>();
  const [ended, setEnded] = useState(false);
  useEffect(() => startPolling({ load: getSession, onValue: setSession, onProblem: () => undefined }), []);
  useEffect(
    () =>
      onSignedOut(async () => {
        try {
          const now = await getSession(AbortSignal.timeout(10_000));
          // Somebody who never signed in has nothing that could end.
          setEnded(now.login === undefined);
        } catch (thrown) {
          if (!(thrown instanceof ApiProblem)) throw thrown;
        }
      }),
    [],
  );
  const changed = useCallback((now: Session) => {
    setSession(now);
    setEnded(false);
  }, []);
  return useMemo(
    () =>
      session && {
        session,
        ended: ended && session.login !== undefined,
        may: (...rights) => rights.some((right) => session.rights.includes(right)),
        changed,
      },
    [session, ended, changed],
  );
}
