import { useState } from "react";
import type { ApiEvent } from "../api/types.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { sceneOf } from "./kinds.ts";
import { usePicture } from "./use-picture.ts";
import { usePurpose } from "./use-purpose.tsx";

/**
 * Where an event's picture is, with a frame around what it is about or without. A better one has another media id, so the browser does
 * not show the old one for it.
 */
export function snapshotPath(event: ApiEvent, { framed }: { readonly framed: boolean }): string | undefined {
  const media = sceneOf(event)?.snapshot;
  const path = event.links.snapshot && `${event.links.snapshot}?box=${framed ? 1 : 0}`;
  return path && media ? `${path}&media=${encodeURIComponent(media)}` : path;
}

/** The picture of an event; who presses it sees it without the frame, which may cover what matters. */
export function Snapshot({ event }: { readonly event: ApiEvent }) {
  const { t, say } = useSpeech();
  const [framed, setFramed] = useState(true);
  const path = snapshotPath(event, { framed });
  const { lookAt } = usePurpose();
  const { src, gone, onError } = usePicture(lookAt(path));
  if (!path) return null;
  if (gone) return <p className="media-gone">{t("snapshot.gone")}</p>;
  return (
    <figure className="snapshot">
      {src && <img src={src} alt={t("snapshot.alt", { sentence: say(event.sentence) })} onError={onError} />}
      {sceneOf(event)?.box && (
        <button
          type="button"
          className="snapshot-frame link-button"
          aria-pressed={framed}
          onClick={() => setFramed(!framed)}
        >
          {t("snapshot.frame")}
        </button>
      )}
    </figure>
  );
}
