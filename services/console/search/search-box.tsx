import type { QueryProblem } from "@yardline/index/query/problems";
import { type RefObject, useEffect, useId, useRef } from "react";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { stretchesOf } from "./marks.ts";
import { QueryProblems } from "./query-problems.tsx";
import { SuggestionList } from "./suggestion-list.tsx";
import { type QueryBox, useQueryBox } from "./use-query-box.ts";

/**
 * Where a question is typed. Enter asks, or takes what is chosen below; a question that cannot be read is not asked, and says where and
 * why.
 */
export function SearchBox(props: QueryBox) {
  const { t } = useSpeech();
  const ids = { list: useId(), problems: useId() };
  const box = useQueryBox(props);
  const { typed, offered, active, problems } = box;
  return (
    <search className="query">
      <form className="query-line" onSubmit={box.onSubmit}>
        <div className="query-box">
          <Icon name="search" />
          <QueryMirror typed={typed} problems={problems} input={box.input} />
          <input
            ref={box.input}
            role="combobox"
            dir="auto"
            value={typed}
            placeholder={t("search.placeholder")}
            aria-label={t("search.box")}
            aria-autocomplete="list"
            aria-expanded={offered.length > 0}
            aria-controls={ids.list}
            aria-activedescendant={offered[active] ? `${ids.list}-${active}` : undefined}
            aria-invalid={problems.length > 0}
            aria-describedby={ids.problems}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={({ currentTarget }) => box.onType(currentTarget)}
            onSelect={({ currentTarget }) => box.onCaret(currentTarget)}
            onClick={box.open}
            onBlur={box.close}
            onKeyDown={box.onKey}
          />
        </div>
        <button type="submit" className="button button-main">
          {t("search.ask")}
        </button>
      </form>
      <SuggestionList
        id={ids.list}
        offered={offered}
        active={active}
        onTake={box.take}
        onForget={box.forget}
      />
      <QueryProblems
        id={ids.problems}
        problems={problems}
        typed={typed}
        understood={box.understood}
        onGo={box.goTo}
      />
    </search>
  );
}

/** The same text under the letters of the box, for the marks alone. */
function QueryMirror({
  typed,
  problems,
  input,
}: {
  readonly typed: string;
  readonly problems: readonly QueryProblem[];
  readonly input: RefObject<HTMLInputElement | null>;
}) {
  const mirror = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = input.current;
    const follow = () => {
      if (mirror.current && box) mirror.current.scrollLeft = box.scrollLeft;
    };
    follow();
    box?.addEventListener("scroll", follow);
    return () => box?.removeEventListener("scroll", follow);
  });
  return (
    <div className="query-mirror" ref={mirror} dir="auto" aria-hidden="true">
      {stretchesOf(typed, problems).map(({ at, text, isWrong }) =>
        isWrong ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
      )}
    </div>
  );
}
