import type { Camera } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

const MASKS: Readonly<Record<Camera["mask_form"], MessageKey>> = {
  "none-needed": "privacy.mask.none-needed",
  "burnt-in": "privacy.mask.burnt-in",
  "in-camera": "privacy.mask.in-camera",
};

/** Under which rules a camera's pictures are taken, at a glance: what is covered, and how long it is kept. */
export function PrivacyState({ camera }: { readonly camera: Camera }) {
  const { t } = useSpeech();
  return (
    <p className="badges privacy-state">
      <Badge icon="lock">{t(MASKS[camera.mask_form])}</Badge>
      <Badge icon="clock">{t("privacy.kept", { hours: camera.retention_h })}</Badge>
    </p>
  );
}
