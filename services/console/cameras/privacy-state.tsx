import type { Camera } from "../api/types.ts";
import { Badge, type Tone } from "../elements/badge.tsx";
import type { IconName } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

export const MASK_STATES: Readonly<Record<Camera["mask_form"], MessageKey>> = {
  "none-needed": "privacy.mask.none-needed",
  "burnt-in": "privacy.mask.burnt-in",
  "in-camera": "privacy.mask.in-camera",
};

type SignState = NonNullable<Camera["sign"]>;
const SIGNS: Readonly<Record<SignState, { name: MessageKey; icon: IconName; tone: Tone }>> = {
  posted: { name: "privacy.sign.posted", icon: "pin", tone: "plain" },
  "not-needed": { name: "privacy.sign.not-needed", icon: "pin", tone: "plain" },
  stale: { name: "camera.sign.stale", icon: "alert", tone: "warn" },
  "not-yet": { name: "camera.sign.not-yet", icon: "alert", tone: "warn" },
};

/** Under which rules a camera's pictures are taken, at a glance: whether it is paused, what is covered, how long it is kept, and whether a sign says so. */
export function PrivacyState({ camera }: { readonly camera: Camera }) {
  const { t, formats } = useSpeech();
  const sign = camera.sign && SIGNS[camera.sign];
  return (
    <p className="badges privacy-state">
      {camera.paused_until && (
        <Badge tone="warn" icon="pause">
          {t("camera.paused", { time: formats.clock(camera.paused_until) })}
        </Badge>
      )}
      <Badge icon="lock">{t(MASK_STATES[camera.mask_form])}</Badge>
      <Badge icon="clock">{t("privacy.kept", { hours: camera.retention_h })}</Badge>
      {sign && (
        <Badge tone={sign.tone} icon={sign.icon}>
          {t(sign.name)}
        </Badge>
      )}
    </p>
  );
}
