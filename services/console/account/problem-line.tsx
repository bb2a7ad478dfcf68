import { useState } from "react";
import { ApiProblem } from "../api/client.ts";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** What the server refuses, in the words of the page; anything else is said as the server says it. */
const SAID: Readonly<Record<string, MessageKey>> = {
  "login-wrong": "sign-in.wrong",
  "login-code": "sign-in.code-wanted",
  "login-wait": "sign-in.wait",
  "set-up-wrong": "set-up.wrong",
  "set-up-done": "set-up.done",
  "account-wrong": "set-up.login-wrong",
  "password-weak": "set-up.password-weak",
  "passwords-off": "sign-in.passwords-off",
  "totp-not-offered": "account.totp-late",
};

/** What went wrong when a form was sent, said at once also to whoever does not see it. */
export function ProblemLine({ problem }: { readonly problem: ApiProblem | undefined }) {
  const { t } = useSpeech();
  if (!problem) return null;
  const { kind, status, message } = problem;
  const key = status === 0 ? "sign-in.unreachable" : SAID[kind];
  return (
    <p className="sign-in-problem" role="alert">
      <Icon name="alert" /> {key === undefined ? message : t(key)}
    </p>
  );
}

/** Sends a form once at a time, and keeps what was said against it. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const send = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
      setProblem(undefined);
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, send };
}
