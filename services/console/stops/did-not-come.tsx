import { useState } from "react";
import { ApiProblem, reportMissing } from "../api/client.ts";
import { useSpeech } from "../messages/use-speech.tsx";

/** One tap, without a name: planners see how many. A second tap counts once, and the server says when it is enough. */
export function DidNotCome({ stop_id, route_id }: { readonly stop_id: string; readonly route_id: string }) {
  const { t } = useSpeech();
  const [said, setSaid] = useState<string>();
  const tell = async () => {
    try {
      await reportMissing(stop_id, { route_id });
      setSaid(t("report-missing.thanks"));
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      setSaid(thrown.status === 429 ? t("report-missing.many") : t("report-missing.failed"));
    }
  };
  if (said !== undefined) return <p role="status">{said}</p>;
  return (
    <p>
      <button type="button" className="button" onClick={() => void tell()}>
        {t("report-missing")}
      </button>
    </p>
  );
}
