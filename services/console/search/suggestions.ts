import { type Completion, completionsAt, type Known } from "@yardline/index/query/completion";
import type { Language } from "../api/types.ts";
import { type History, historyLike } from "./history.ts";

/** What the box offers below itself. */
export type Suggestion = {
  readonly text: string;
  readonly kind: Completion["kind"] | "asked";
  /** The part of the text that it takes the place of. */
  readonly from: number;
  readonly to: number;
};

const ASKED_MAX = 6;
const ASKED_LIKE_MAX = 3;
const OFFERED_MAX = 14;

/** What may come next at the caret, and what was asked before: first of all in an empty box, else last. */
export function suggestionsFor(
  text: string,
  caret: number,
  {
    known,
    language,
    history,
  }: { readonly known: Known; readonly language: Language; readonly history: History },
): readonly Suggestion[] {
  const isEmpty = text.trim() === "";
  const whole = { from: 0, to: text.length };
  const asked = historyLike(history, text, isEmpty ? ASKED_MAX : ASKED_LIKE_MAX).map(
    (each): Suggestion => ({ text: each, kind: "asked", ...whole }),
  );
  const { from, to, options } = completionsAt(text, caret, { known, language });
  const typed = text.slice(from, to);
  const next = options
    .filter((option) => option.text !== typed)
    .map((option): Suggestion => ({ ...option, from, to }));
  const all = isEmpty ? [...asked, ...next] : [...next.slice(0, OFFERED_MAX - asked.length), ...asked];
  return all.slice(0, OFFERED_MAX);
}

/** The text with a suggestion in its place, and where the caret is then. */
export function withSuggestion(
  text: string,
  { text: chosen, kind, from, to }: Suggestion,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(to);
  // After a field its value comes at once; after anything else another word.
  const gap = kind === "field" || kind === "asked" || rest.startsWith(" ") ? "" : " ";
  return { text: `${text.slice(0, from)}${chosen}${gap}${rest}`, caret: from + chosen.length + gap.length };
}
