import type { MouseEvent } from "react";
import { Icon, type IconName } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import type { Suggestion } from "./suggestions.ts";

const KINDS: Readonly<Record<Suggestion["kind"], { readonly icon: IconName; readonly name: MessageKey }>> = {
  field: { icon: "list", name: "search.kind.field" },
  value: { icon: "pin", name: "search.kind.value" },
  time: { icon: "clock", name: "search.kind.time" },
  operator: { icon: "list", name: "search.kind.operator" },
  asked: { icon: "back", name: "search.kind.asked" },
};

/** The list of the combobox. It never takes the focus: the box keeps it and says which of these is chosen. */
export function SuggestionList({
  id,
  offered,
  active,
  onTake,
  onForget,
}: {
  readonly id: string;
  readonly offered: readonly Suggestion[];
  readonly active: number;
  onTake(suggestion: Suggestion): void;
  onForget(): void;
}) {
  const { t } = useSpeech();
  const isOpen = offered.length > 0;
  return (
    <div className="suggestions" hidden={!isOpen}>
      <div id={id} role="listbox" aria-label={t("search.suggestions")}>
        {offered.map((each, at) => (
          <div
            key={`${each.kind} ${each.text}`}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            className="suggestion"
            aria-selected={at === active}
            ref={(option) => {
              if (at === active) option?.scrollIntoView({ block: "nearest" });
            }}
            onMouseDown={keepFocus}
            onClick={() => onTake(each)}
            onKeyDown={ignore}
          >
            <Icon name={KINDS[each.kind].icon} size={16} />
            <bdi className="suggestion-text">{each.text}</bdi>
            <span className="suggestion-kind">{t(KINDS[each.kind].name)}</span>
          </div>
        ))}
      </div>
      {offered.some(({ kind }) => kind === "asked") && (
        <button
          type="button"
          tabIndex={-1}
          className="link-button"
          onMouseDown={keepFocus}
          onClick={onForget}
        >
          {t("search.forget")}
        </button>
      )}
    </div>
  );
}

/** The box would lose the focus, and with it the list. */
const keepFocus = (event: MouseEvent) => event.preventDefault();
/** Keys are the box's. */
const ignore = () => {};
