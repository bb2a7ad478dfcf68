import { useAccount } from "../account/use-session.tsx";
import type { ApiEvent } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useWhere } from "../events/event-row.tsx";
import { sceneOf } from "../events/kinds.ts";
import { usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import type { Cover } from "./paint-cover.ts";
import { clipOf } from "./recorded-clip.ts";
import { Redactor } from "./redactor.tsx";
import type { Region, Stretch } from "./region.ts";
import { useSourceClip } from "./use-source-clip.ts";

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
        {where}, {formats.day(event.time)}, {formats.clockSeconds(clip?.from_ms ?? event.time)} –{" "}
        {formats.clockSeconds(clip?.to_ms ?? event.time)}
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
  readonly clip: Stretch;
  readonly redaction: Redaction;
  onOpened(regions: readonly Region[]): void;
}) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const { lookAt } = usePurpose();
  const source = useSourceClip(lookAt(event.links.clip), clip);
  const mayOpen = may("unmask");
  if (!source.src) {
    const gone = source.state.kind === "gone" || source.state.kind === "failed";
    return (
      <p className="media-gone" role="status">
        <Icon name={gone ? "film" : "clock"} />
        {t(gone ? "clip.gone" : source.state.kind === "converting" ? "clip.converting" : "clip.asking")}
      </p>
    );
  }
  return (
    <>
      {!mayOpen && <p className="quiet">{t("redact.may-not")}</p>}
      <Redactor
        src={source.src}
        stretches={source.stretches}
        cover={redaction.cover}
        regions={redaction.regions}
        guess={sceneOf(event)?.box}
        mayOpen={mayOpen}
        onChange={onOpened}
      />
    </>
  );
}
