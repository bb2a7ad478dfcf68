import { useEffect, useState } from "react";
import { endOwnSession, listOwnSessions } from "../api/client.ts";
import { startPolling } from "../api/polling.ts";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

type Note = Awaited<ReturnType<typeof listOwnSessions>>[number];

/** Where one is signed in, and a button to end each. */
export function OwnSessions() {
  const { t, formats } = useSpeech();
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const { busy, problem, send } = useSending();
  useEffect(() => startPolling({ load: listOwnSessions, onValue: setNotes, onProblem: () => undefined }), []);
  const end = (id: string) =>
    send(async () => {
      await endOwnSession(id);
      setNotes((before) => before.filter((note) => note.id !== id));
    });
  return (
    <section className="account-part">
      <h3>{t("account.sessions")}</h3>
      <ProblemLine problem={problem} />
      <ul className="own-sessions">
        {notes.map(({ id, agent, used_at, current }) => (
          <li key={id}>
            <span>
              {agent ?? t("account.session-unknown")}, {formats.clock(Date.parse(used_at))}
            </span>
            {current ? (
              <em>{t("account.session-here")}</em>
            ) : (
              <button type="button" className="link-button" disabled={busy} onClick={() => void end(id)}>
                {t("account.session-end")}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
