import { useState } from "react";
import { ApiProblem, reportMissing } from "../api/client.ts";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** What was said of which run on this page: it stays said when the list is drawn anew. */
const said = new Map<string, MessageKey>();
const SAID_MAX = 100;

/** One tap, without a name: planners see how many. A second tap counts once, and the server says when it is enough. */
export function DidNotCome({
  stop_id,
  route_id,
  run,
}: {
  readonly stop_id: string;
  readonly route_id: string;
  /** Which bus of the line is meant, on this page alone. */
  readonly run: string;
}) {
  const { t } = useSpeech();
  const [answer, setAnswer] = useState(said.get(run));
  const [busy, setBusy] = useState(false);
  const tell = async () => {
    setBusy(true);
    const key = await told(stop_id, route_id);
    setBusy(false);
    if (key !== "report-missing.failed" && said.size < SAID_MAX) said.set(run, key);
    setAnswer(key);
  };
  const done = answer !== undefined && answer !== "report-missing.failed";
  return (
    <div className="did-not-come">
      {!done && (
        <button type="button" className="button" disabled={busy} onClick={() => void tell()}>
          <Icon name="alert" /> {t("report-missing")}
        </button>
      )}
      {/* It stands here before it is filled: screen readers tell only of what changes in it. */}
      <p role="status">{answer && t(answer)}</p>
    </div>
  );
}

async function told(stop_id: string, route_id: string): Promise<MessageKey> {
  try {
    await reportMissing(stop_id, { route_id });
    return "report-missing.thanks";
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem)) throw thrown;
    return thrown.status === 429 ? "report-missing.many" : "report-missing.failed";
  }
}
