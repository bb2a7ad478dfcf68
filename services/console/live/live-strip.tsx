import { Icon } from "../elements/icon.tsx";
import { usePurpose } from "../events/use-purpose.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import type { LiveLine } from "./live-connection.ts";

/** Refusals that are about none of the cameras. */
const WHOLE: Readonly<Record<string, MessageKey>> = {
  "live-full": "live.full",
  "streams-full": "live.full",
  "audit-unavailable": "live.audit-unavailable",
};

/** Why no live pictures come at all, and what to do about it; nothing while they do. */
export function LiveStrip({ line }: { readonly line: LiveLine }) {
  const { t } = useSpeech();
  const { change } = usePurpose();
  if (line.kind !== "refused") return null;
  if (line.why === "purpose-needed") {
    return (
      <p className="strip strip-warn" role="status">
        <Icon name="lock" /> {t("live.purpose")}{" "}
        <button type="button" className="link-button" onClick={change}>
          {t("purpose.say")}
        </button>
      </p>
    );
  }
  const said = line.status === 0 ? "live.unreachable" : WHOLE[line.why];
  // What is true of each camera is said on each.
  if (!said) return null;
  return (
    <p className="strip strip-bad" role="alert">
      <Icon name="alert" /> {t(said)}
    </p>
  );
}
