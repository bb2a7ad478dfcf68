import { useCallback, useRef, useState } from "react";
import { ApiProblem } from "../api/client.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { Icon } from "./icon.tsx";

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
  "timetable-too-large": "timetable.fault.large",
  "timetable-upload-busy": "timetable.busy",
  "timetable-upload-broken": "timetable.broken",
  "timetable-changed": "timetable.changed",
  "timetable-day": "timetable.day",
};

/** What went wrong when a form was sent, said at once also to whoever does not see it. */
export function ProblemLine({ problem }: { readonly problem: ApiProblem | undefined }) {
  const { t } = useSpeech();
  if (!problem) return null;
  const { kind, status, message } = problem;
  const key = status === 0 ? "sign-in.unreachable" : SAID[kind];
  return (
    <p className="problem-line" role="alert">
      <Icon name="alert" /> {key === undefined ? message : t(key)}
    </p>
  );
}

/**
 * Sends what somebody asks for once at a time: of a double click the second does nothing. What was said against it stays until the next try
 * succeeds; whatever is no answer of the API is a fault of ours, and thrown.
 */
export function useSending(): {
  readonly busy: boolean;
  readonly problem: ApiProblem | undefined;
  send(work: () => Promise<unknown>): Promise<void>;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  // Two clicks come before the page is drawn anew.
  const sending = useRef(false);
  const send = useCallback(async (work: () => Promise<unknown>): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    try {
      await work();
      setProblem(undefined);
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setProblem(thrown);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, problem, send };
}
