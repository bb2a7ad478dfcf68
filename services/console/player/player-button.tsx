import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import type { Video } from "./use-video.ts";

/** What leads every recording, and the time of day that it shows. */
export function PlayerSteps({ video, at_ms }: { readonly video: Video; readonly at_ms: number }) {
  const { t, formats } = useSpeech();
  return (
    <>
      <PlayerButton
        name={video.playing ? t("clip.pause") : t("clip.play")}
        icon={video.playing ? "halt" : "play"}
        onPress={video.toggle}
      />
      <PlayerButton name={t("clip.step-back")} icon="step-back" onPress={() => video.step(-1)} />
      <PlayerButton name={t("clip.step")} icon="step" onPress={() => video.step(1)} />
      <time className="player-time" dateTime={new Date(at_ms).toISOString()}>
        {formats.clockSeconds(at_ms)}
      </time>
    </>
  );
}

/** One of the small buttons under a recording. */
export function PlayerButton({
  name,
  icon,
  onPress,
}: {
  readonly name: string;
  readonly icon: Parameters<typeof Icon>[0]["name"];
  onPress(): void;
}) {
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
