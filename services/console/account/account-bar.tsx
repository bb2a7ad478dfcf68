import { useState } from "react";
import { signOut } from "../api/client.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { SignIn } from "./sign-in.tsx";
import { useAccount } from "./use-session.tsx";

/** The token of a town without accounts; it stands after the #, so that no server and no log has seen it. */
const SET_UP = /^#set-up=([\w-]{1,100})$/;

/** Who is signed in, or the way in. Of the invented town there is nothing to say. */
export function AccountBar() {
  const { t } = useSpeech();
  const { session, ended, changed } = useAccount();
  const [token] = useState(() => SET_UP.exec(location.hash)?.[1]);
  const [asked, setAsked] = useState(session.set_up && token !== undefined);
  if (session.doors === "open") return null;
  const leave = async () => changed(await signOut());
  return (
    <div className="account">
      {session.login === undefined ? (
        <button type="button" className="button" onClick={() => setAsked(true)}>
          {t("sign-in")}
        </button>
      ) : (
        <>
          <span className="account-name" title={session.login}>
            {session.name}
          </span>
          <button type="button" className="link-button" onClick={() => void leave()}>
            {t("sign-out")}
          </button>
        </>
      )}
      {(asked || ended) && (
        <SignIn
          token={session.set_up ? token : undefined}
          onClose={ended ? undefined : () => setAsked(false)}
          onIn={(now) => {
            setAsked(false);
            changed(now);
          }}
        />
      )}
    </div>
  );
}
