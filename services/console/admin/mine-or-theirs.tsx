import { useSpeech } from "../messages/use-speech.tsx";

/** Somebody was faster: the choice between what they wrote and what stands here. */
export function MineOrTheirs({ onTake, onKeep }: { onTake(): void; onKeep(): void }) {
  const { t } = useSpeech();
  return (
    <p className="room-actions">
      <button type="button" className="button" onClick={onTake}>
        {t("set-camera.take-theirs")}
      </button>
      <button type="button" className="button" onClick={onKeep}>
        {t("set-camera.keep-mine")}
      </button>
    </p>
  );
}
