import { LABELS } from "@yardline/domain/detection";
import { useEffect, useState } from "react";
import { Icon } from "../elements/icon.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import { questionOf } from "../search/from-filter.ts";
import { formatSearch } from "../search/search-view.ts";
import { type Filter, isNarrowed, WITHINS, type Within, withField } from "./filter.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { LABEL_NAMES } from "./labels.ts";

export const KIND_NAMES: Readonly<Record<Kind, MessageKey>> = {
  yard: "kind.yard",
  transit: "kind.transit",
  camera: "kind.camera",
};

const WITHIN_NAMES: Readonly<Record<Within, MessageKey>> = {
  "15m": "within.15m",
  "1h": "within.1h",
  "24h": "within.24h",
  "7d": "within.7d",
};

/** Letters typed in quick succession are one question. */
const TYPING_MS = 250;

/** What the list is narrowed to. It lives in the address, so a link leads to the same list. */
export function FilterBar() {
  const { t } = useSpeech();
  const { view, go } = usePlace();
  const { findCamera } = useTown();
  const { filter } = view;
  const set = (field: keyof Filter) => (value: string) =>
    go({ filter: withField(filter, field, value) }, "replace");
  const camera = filter.source?.startsWith("camera/") ? findCamera(filter.source.slice(7))?.name : undefined;
  return (
    <search className="filters">
      <SearchBox text={filter.text ?? ""} onText={set("text")} />
      <div className="filter-row">
        <Choice
          name={t("filter.kind")}
          value={filter.kind ?? ""}
          all={t("filter.kind.all")}
          choices={KINDS.map((kind) => [kind, t(KIND_NAMES[kind])])}
          onChoose={(kind) =>
            go({ filter: withField(withField(filter, "kind", kind), "label", "") }, "replace")
          }
        />
        <LabelChoice filter={filter} onChoose={set("label")} />
        <Choice
          name={t("filter.within")}
          value={filter.within ?? ""}
          all={t("filter.within.all")}
          choices={WITHINS.map((within) => [within, t(WITHIN_NAMES[within])])}
          onChoose={set("within")}
        />
      </div>
      <ArchiveLink filter={filter} />
      {isNarrowed(filter) && (
        <p className="filter-row">
          {filter.source && <span className="chip">{camera ?? filter.source}</span>}
          <button type="button" className="link-button" onClick={() => go({ filter: {} })}>
            {t("filter.clear")}
          </button>
        </p>
      )}
    </search>
  );
}

/** The same question to all that is kept: there it is counted, drawn over time and saved. */
function ArchiveLink({ filter }: { readonly filter: Filter }) {
  const { t } = useSpeech();
  const search = formatSearch({ q: questionOf(filter), show: "list" });
  return (
    <ViewLink className="filter-archive" to={{ at: { desk: "search", path: "", search } }}>
      {t("search.from-list")}
    </ViewLink>
  );
}

function LabelChoice({ filter, onChoose }: { readonly filter: Filter; onChoose(value: string): void }) {
  const { t } = useSpeech();
  const { lines } = useTown();
  if (filter.kind === "camera") return null;
  const names = [...new Set(lines.value?.features.map(({ properties }) => properties.route_short_name))];
  const things = LABELS.map((label) => [label, t(LABEL_NAMES[label])] as const);
  const routes = names.map((name) => [name, t("filter.line", { line: name })] as const);
  return (
    <Choice
      name={t("filter.label")}
      value={filter.label ?? ""}
      all={t("filter.label.all")}
      choices={filter.kind === "yard" ? things : filter.kind === "transit" ? routes : [...things, ...routes]}
      onChoose={onChoose}
    />
  );
}

function Choice({
  name,
  value,
  all,
  choices,
  onChoose,
}: {
  readonly name: string;
  readonly value: string;
  readonly all: string;
  readonly choices: readonly (readonly [value: string, name: string])[];
  onChoose(value: string): void;
}) {
  return (
    <select aria-label={name} value={value} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{all}</option>
      {choices.map(([each, said]) => (
        <option key={each} value={each}>
          {said}
        </option>
      ))}
    </select>
  );
}

function SearchBox({ text, onText }: { readonly text: string; onText(text: string): void }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  // Only typing asks; another address sets what is typed.
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="search-box">
      <Icon name="search" />
      <input
        type="search"
        value={typed}
        maxLength={200}
        placeholder={t("filter.text")}
        aria-label={t("filter.text")}
        onChange={({ target }) => setTyped(target.value)}
      />
    </label>
  );
}
