import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { Camera } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { PauseDialog } from "./pause-dialog.tsx";

/** Pauses a camera, for whoever sees it; ends its pause, for whoever sets it up or answers for privacy, since that is to film again. */
export function PauseButton({
  camera,
  small = false,
}: {
  readonly camera: Camera;
  readonly small?: boolean;
}) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const { now_ms } = useTown();
  const [asking, setAsking] = useState(false);
  const paused = camera.state === "paused";
  if (camera.state === "closed" || !(paused ? may("configure", "audit") : may("configure", "audit", "live")))
    return null;
  const name = t(paused ? "pause.end-title" : "pause.title", { camera: camera.name });
  return (
    <>
      <button
        type="button"
        className={small ? "icon-button" : "link-button"}
        aria-label={name}
        title={name}
        onClick={() => setAsking(true)}
      >
        <Icon name={paused ? "play" : "pause"} size={16} />
        {!small && ` ${t(paused ? "pause.end" : "pause.begin")}`}
      </button>
      {asking && <PauseDialog camera={camera} now_ms={now_ms} onClose={() => setAsking(false)} />}
    </>
  );
}
