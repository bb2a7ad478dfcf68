import { useAccount } from "../account/use-session.tsx";
import type { ApiEvent } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { CLIP_SAID } from "../events/clip-state.ts";
import { useWhere } from "../events/event-row.tsx";
import { sceneOf } from "../events/kinds.ts";
import { usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { clipOf, type EventClip } from "../player/clip-of.ts";
import { useClip } from "../player/use-clip.ts";
import type { Cover } from "./paint-cover.ts";
import { Redactor } from "./redactor.tsx";
import type { Region } from "./region.ts";

type Redaction = { readonly cover: Cover; readonly regions: readonly Region[] };

/** One recording: whether it leaves, and what of it is opened. */
export function ClipChoice({
  event,
  chosen,
  redaction,
  onChoose,
  onOpened,
}: {
  readonly event: ApiEvent;
  readonly chosen: boolean;
  /** Undefined where the recording leaves as it is. */
  readonly redaction: Redaction | undefined;
  onChoose(on: boolean): void;
  onOpened(regions: readonly Region[]): void;
}) {
  const { t, say, formats } = useSpeech();
  const where = useWhere(event);
  const clip = clipOf(event);
  return (
    <section className="card export-clip">
      <label>
        <input type="checkbox" checked={chosen} onChange={({ target }) => onChoose(target.checked)} />{" "}
        <strong>
          <bdi>{say(event.sentence)}</bdi>
        </strong>
      </label>
      <p className="quiet">
        {where}, {formats.day(event.time)}, {formats.clockSeconds(clip?.own.from_ms ?? event.time)} –{" "}
        {formats.clockSeconds(clip?.own.to_ms ?? event.time)}
      </p>
      {chosen && clip && redaction && (
        <ClipRedactor event={event} clip={clip} redaction={redaction} onOpened={onOpened} />
      )}
      {chosen && !redaction && <p className="quiet">{t("evidence.unchanged")}</p>}
    </section>
  );
}

function ClipRedactor({
  event,
  clip,
  redaction,
  onOpened,
}: {
  readonly event: ApiEvent;
  readonly clip: EventClip;
  readonly redaction: Redaction;
  onOpened(regions: readonly Region[]): void;
}) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const { lookAt } = usePurpose();
  const { state, ready } = useClip(lookAt(event.links.clip), clip.own);
  const mayOpen = may("unmask");
  if (!ready) {
    const said = state.kind === "ready" ? "asking" : state.kind;
    return (
      <p className="media-gone" role="status">
        <Icon name={said === "gone" || said === "failed" ? "film" : "clock"} /> {t(CLIP_SAID[said])}
      </p>
    );
  }
  return (
    <>
      {!mayOpen && <p className="quiet">{t("redact.may-not")}</p>}
      <Redactor
        src={ready.src}
        stretches={ready.stretches}
        cover={redaction.cover}
        regions={redaction.regions}
        guess={sceneOf(event)?.box}
        mayOpen={mayOpen}
        onChange={onOpened}
      />
    </>
  );
}
