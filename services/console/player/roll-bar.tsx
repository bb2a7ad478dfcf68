import { CLIP_SAID, type ClipState } from "../events/clip-state.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ROLL_STEP_S, type Roll, type Side } from "./roll.ts";

/** What can be asked for beyond the clip that plays. */
export type More = {
  /** Of what was asked for last: it plays when it is there. */
  readonly state: ClipState;
  of(side: Side): Roll | undefined;
  ask(roll: Roll): void;
  retry(): void;
};

/** Half a minute more of what was recorded before, and after; and what became of the wish. */
export function RollBar({ more }: { readonly more: More }) {
  return (
    <div className="roll-bar">
      <RollButton side="before" more={more} />
      <RollNote more={more} />
      <RollButton side="after" more={more} />
    </div>
  );
}

function RollButton({ side, more }: { readonly side: Side; readonly more: More }) {
  const { t } = useSpeech();
  const next = more.of(side);
  return (
    <button
      type="button"
      className="button"
      title={t(side === "before" ? "clip.more-before.title" : "clip.more-after.title")}
      aria-disabled={next === undefined}
      onClick={() => next && more.ask(next)}
    >
      {t(side === "before" ? "clip.more-before" : "clip.more-after", { seconds: ROLL_STEP_S })}
    </button>
  );
}

function RollNote({ more: { state, retry } }: { readonly more: More }) {
  const { t } = useSpeech();
  const isStuck = state.kind === "failed" || state.kind === "unreachable";
  return (
    <span className="roll-note quiet" role="status">
      {state.kind !== "ready" && t(CLIP_SAID[state.kind])}
      {isStuck && (
        <button type="button" className="link-button" onClick={retry}>
          {t("retry")}
        </button>
      )}
    </span>
  );
}
