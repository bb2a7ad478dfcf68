import type { Shift } from "../api/types.ts";
import { PurposeLine } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { usePlace } from "../page/use-view.tsx";
import { type DutyView, toDuty } from "./duty-view.ts";
import { ShiftBar } from "./shift-bar.tsx";
import type { Queue } from "./use-queue.ts";

/** Whose shift it is, what the queue holds, and whether it is live. */
export function QueueHead({
  view,
  queue,
  own,
  left,
  onKeys,
}: {
  readonly view: DutyView;
  readonly queue: Queue;
  readonly own: Shift | undefined;
  /** How many shifts were left to be taken. */
  readonly left: number;
  onKeys(): void;
}) {
  const { t } = useSpeech();
  const { go } = usePlace();
  return (
    <header className="queue-head">
      <ShiftBar view={view} own={own} left={left} />
      {!own && <PurposeLine />}
      <p className="queue-tools">
        <span className="segments">
          {[false, true].map((all) => (
            <button
              type="button"
              key={String(all)}
              aria-pressed={view.all === all}
              onClick={() => go(toDuty({ ...view, all }), "replace")}
            >
              {t(all ? "queue.all" : "queue.grave")}
            </button>
          ))}
        </span>
        <span className={`stream stream-${queue.stream}`} role="status">
          <span className="stream-dot" aria-hidden="true" />
          {t(`stream.${queue.stream}`)}
        </span>
        <button
          type="button"
          className="keys-button"
          onClick={onKeys}
          aria-label={t("keys")}
          title={t("keys")}
        >
          <kbd>?</kbd>
        </button>
      </p>
    </header>
  );
}
