import { useState } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { SavedSearch } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import type { Now } from "./question.ts";
import { SaveSearch } from "./save-search.tsx";
import { formatSearch } from "./search-view.ts";
import { useNews, useSearches } from "./use-saved.ts";

/** Questions that are asked again and again, with what each found since it was looked at last. */
export function SavedSearches({ q, now }: { readonly q: string; now(): Now }) {
  const { t } = useSpeech();
  const { searches, problem } = useSearches();
  const { news, look } = useNews(searches, now);
  const [edited, setEdited] = useState<SavedSearch | "new">();
  return (
    <section className="saved" aria-labelledby="saved-title">
      <h2 id="saved-title">{t("saved")}</h2>
      {problem && !searches && <p className="saved-none">{t("events.unreachable")}</p>}
      {searches?.length === 0 && <p className="saved-none">{t("saved.none")}</p>}
      <ul>
        {searches?.map((search) => (
          <SavedRow
            key={search.id}
            search={search}
            count={news[search.id]?.value ?? 0}
            isExact={news[search.id]?.exact ?? true}
            isOpen={search.q === q}
            onLook={() => look(search.id)}
            onEdit={() => setEdited(search)}
          />
        ))}
      </ul>
      <button type="button" className="button saved-new" disabled={q === ""} onClick={() => setEdited("new")}>
        {t("saved.new")}
      </button>
      {edited && (
        <SaveSearch
          key={edited === "new" ? "" : edited.id}
          q={q}
          now={now}
          {...(edited !== "new" && { search: edited })}
          onClose={() => setEdited(undefined)}
        />
      )}
    </section>
  );
}

function SavedRow({
  search,
  count,
  isExact,
  isOpen,
  onLook,
  onEdit,
}: {
  readonly search: SavedSearch;
  readonly count: number;
  readonly isExact: boolean;
  readonly isOpen: boolean;
  onLook(): void;
  onEdit(): void;
}) {
  const { t, formats } = useSpeech();
  const { session } = useAccount();
  const isOwn = session.login === undefined || search.owner === session.login;
  const to = { desk: "search", path: "", search: formatSearch({ q: search.q, show: "list" }) } as const;
  return (
    <li className="saved-row">
      <ViewLink
        to={{ at: to }}
        title={search.q}
        aria-current={isOpen ? "true" : undefined}
        onClickCapture={onLook}
      >
        {search.alert && (
          <>
            <Icon name="live" size={16} />
            <span className="unseen">{t("saved.alerts")}</span>
          </>
        )}
        <bdi>{search.name}</bdi>
        {!isOwn && <span className="saved-owner">{t("saved.by", { owner: search.owner })}</span>}
      </ViewLink>
      {count > 0 && (
        <Badge tone="accent">
          {t(isExact ? "saved.news" : "saved.news.more", { count, said: formats.number(count) })}
        </Badge>
      )}
      {isOwn && (
        <button type="button" className="link-button" onClick={onEdit}>
          {t("saved.edit")}
          <span className="unseen"> {search.name}</span>
        </button>
      )}
    </li>
  );
}
