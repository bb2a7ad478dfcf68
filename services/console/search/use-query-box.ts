import type { Known } from "@yardline/index/query/completion";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useSpeech } from "../messages/use-speech.tsx";
import { toldProblems } from "./marks.ts";
import { askedAs, type Now } from "./question.ts";
import { type Suggestion, suggestionsFor, withSuggestion } from "./suggestions.ts";
import { useHistory } from "./use-history.ts";

export type QueryBox = {
  /** What is asked now: another address, or a choice beside the box, sets what is typed. */
  readonly q: string;
  readonly known: Known;
  now(): Now;
  onAsk(q: string): void;
};

const CLOSED = { isOpen: false, active: -1 };
const OPENED = { isOpen: true, active: -1 };

/** What is typed, what is offered for it, and what each key does: the combobox of WAI-ARIA, without its looks. */
export function useQueryBox({ q, known, now, onAsk }: QueryBox) {
  const { language } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const { history, remember, forget } = useHistory();
  const [{ typed, caret, isDone }, setTyped] = useState({ typed: q, caret: q.length, isDone: true });
  const [list, setList] = useState(CLOSED);
  useEffect(() => setTyped({ typed: q, caret: q.length, isDone: true }), [q]);

  const offered = list.isOpen ? suggestionsFor(typed, caret, { known, language, history }) : [];
  const asked = askedAs(typed, now());
  const type = (text: string, at: number) => setTyped({ typed: text, caret: at, isDone: false });
  const close = () => setList(CLOSED);
  const ask = (text: string) => {
    setTyped({ typed: text, caret: text.length, isDone: true });
    close();
    if (!askedAs(text, now()).ok) return;
    remember(text);
    onAsk(text.trim());
  };
  const take = (suggestion: Suggestion) => {
    const { text, caret: at } = withSuggestion(typed, suggestion);
    if (suggestion.kind === "asked") return ask(text);
    type(text, at);
    setList(OPENED);
    // After React has put the text there.
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at));
  };
  return {
    ...{ input, typed, offered, forget, take, close },
    active: list.active,
    problems: asked.ok ? [] : toldProblems(asked.problems, isDone ? undefined : caret),
    understood: asked.ok ? asked.understood : undefined,
    onType({ value, selectionStart }: HTMLInputElement) {
      type(value, selectionStart ?? value.length);
      setList(OPENED);
    },
    onCaret({ selectionStart }: HTMLInputElement) {
      setTyped((before) => ({ ...before, caret: selectionStart ?? before.typed.length }));
    },
    open: () => setList(OPENED),
    onKey(event: KeyboardEvent<HTMLInputElement>) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        setList({ isOpen: true, active: stepped(list.active, step, offered.length) });
      } else if (event.key === "Escape" && (offered.length > 0 || typed !== "")) {
        // The first closes the list, the next empties the box; only then it is about what lies open.
        event.preventDefault();
        if (offered.length > 0) close();
        else type("", 0);
      }
    },
    onSubmit(event: FormEvent) {
      event.preventDefault();
      const chosen = offered[list.active];
      if (chosen) take(chosen);
      else ask(typed);
    },
    /** Marks a part of the text, so that typing takes its place. */
    goTo({ at, length }: { readonly at: number; readonly length: number }) {
      input.current?.focus();
      input.current?.setSelectionRange(at, at + length);
      close();
    },
  };
}

/** From none to the first, from the last to none. */
function stepped(active: number, step: number, count: number): number {
  const next = active + step;
  return next < -1 ? count - 1 : next >= count ? -1 : next;
}
