import { lazy, Suspense, useState } from "react";
import { signOut } from "../api/client.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { SignIn } from "./sign-in.tsx";
import { useAccount } from "./use-session.tsx";

/** Whoever waits at a stop never opens it. */
const AccountDialog = lazy(async () => ({ default: (await import("./account-dialog.tsx")).AccountDialog }));

/** The token of a town without accounts; it stands after the #, so that no server and no log has seen it. */
const SET_UP = /^#set-up=([\w-]{1,100})$/;

/** Whoever was not let in when they came back from the town's provider finds why after the #. */
const FAILED = /^#sign-in-failed=([a-z-]{1,20})$/;
const FAILURES: Readonly<Record<string, MessageKey>> = {
  expired: "sign-in.failed-expired",
  refused: "sign-in.failed-refused",
  "no-grant": "sign-in.failed-no-grant",
  locked: "sign-in.failed-locked",
  unavailable: "sign-in.failed-unavailable",
};

/** Who is signed in, or the way in. Of the invented town there is nothing to say. */
export function AccountBar() {
  const { t } = useSpeech();
  const { session, ended, changed } = useAccount();
  const [token] = useState(() => SET_UP.exec(location.hash)?.[1]);
  const [failure, setFailure] = useState(() => FAILURES[FAILED.exec(location.hash)?.[1] ?? ""]);
  const [asked, setAsked] = useState((session.set_up && token !== undefined) || failure !== undefined);
  const [isOpen, setOpen] = useState(false);
  if (session.doors === "open") return null;
  const leave = async () => {
    const { sign_out_url } = session.outside ?? {};
    changed(await signOut());
    // Signed out here alone, the next click would sign the same person in again.
    if (sign_out_url !== undefined) location.assign(sign_out_url);
  };
  const close = () => {
    setAsked(false);
    setFailure(undefined);
    if (FAILED.test(location.hash)) history.replaceState(null, "", location.pathname + location.search);
  };
  return (
    <div className="account">
      {session.login === undefined ? (
        <button type="button" className="button" onClick={() => setAsked(true)}>
          {t("sign-in")}
        </button>
      ) : (
        <>
          <button
            type="button"
            className="link-button account-name"
            title={session.login}
            aria-label={t("account.open", { name: session.name ?? "" })}
            onClick={() => setOpen(true)}
          >
            {session.name}
          </button>
          <button type="button" className="link-button" onClick={() => void leave()}>
            {t("sign-out")}
          </button>
        </>
      )}
      {(asked || ended) && (
        <SignIn
          token={session.set_up ? token : undefined}
          outside={session.outside?.name}
          failure={failure}
          onClose={ended ? undefined : close}
          onIn={(now) => {
            close();
            changed(now);
          }}
        />
      )}
      {isOpen && session.login !== undefined && !ended && (
        <Suspense>
          <AccountDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
