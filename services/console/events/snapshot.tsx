import type { ApiEvent } from "../api/types.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { sceneOf } from "./kinds.ts";
import { usePicture } from "./use-picture.ts";

/** Where an event's picture is. A better one has another media id, so the browser does not show the old one for it. */
export function snapshotPath({ links, ...event }: ApiEvent): string | undefined {
  const media = sceneOf({ links, ...event })?.snapshot;
  return links.snapshot && media ? `${links.snapshot}?media=${encodeURIComponent(media)}` : links.snapshot;
}

/** The picture of an event; the camera's side has framed what it is about. */
export function Snapshot({ event }: { readonly event: ApiEvent }) {
  const { t, say } = useSpeech();
  const path = snapshotPath(event);
  const { src, gone, onError } = usePicture(path);
  if (!path) return null;
  if (gone) return <p className="media-gone">{t("snapshot.gone")}</p>;
  return (
    <figure className="snapshot">
      {src && <img src={src} alt={t("snapshot.alt", { sentence: say(event.sentence) })} onError={onError} />}
    </figure>
  );
}
