import { pauseCamera, resumeCamera } from "../api/client.ts";
import type { Camera } from "../api/types.ts";
import { FormDialog } from "../elements/form-dialog.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** How long a camera may be paused at once, from the page; more is a matter of its settings. */
const HOURS = [1, 4, 12, 24, 72] as const;
const HOUR_MS = 3_600_000;

/** Pauses a camera at once, with a reason that stands beside it; or ends its pause. */
export function PauseDialog({
  camera,
  now_ms,
  onClose,
}: {
  readonly camera: Camera;
  now_ms(): number;
  onClose(): void;
}) {
  const { t } = useSpeech();
  const paused = camera.state === "paused";
  return (
    <FormDialog
      title={t(paused ? "pause.end-title" : "pause.title", { camera: camera.name })}
      action={t(paused ? "pause.end" : "pause.begin")}
      onClose={onClose}
      onSend={async (typed) => {
        const reason = typed("reason");
        const until = new Date(now_ms() + Number(typed("hours")) * HOUR_MS).toISOString();
        await (paused ? resumeCamera(camera.id, { reason }) : pauseCamera(camera.id, { reason, until }));
        onClose();
      }}
    >
      <p>{t(paused ? "pause.end-text" : "pause.text")}</p>
      {!paused && (
        <label className="field">
          {t("pause.for")}
          <select name="hours" defaultValue={HOURS[0]}>
            {HOURS.map((hours) => (
              <option key={hours} value={hours}>
                {t("hours", { count: hours })}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="field">
        {t("pause.reason")}
        <input
          name="reason"
          required
          minLength={3}
          maxLength={500}
          pattern=".*\S.*\S.*\S.*"
          autoComplete="off"
        />
      </label>
    </FormDialog>
  );
}
