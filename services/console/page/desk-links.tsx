import { useAccount } from "../account/use-session.tsx";
import { useCurrentShown } from "../elements/use-current-shown.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { DESK_PAGES } from "./desks.tsx";
import { usePlace, ViewLink } from "./use-view.tsx";
import { DESKS } from "./view.ts";

/** From one desk to another, for whoever has more than one. */
export function DeskLinks() {
  const { t } = useSpeech();
  const { may } = useAccount();
  const { view } = usePlace();
  const row = useCurrentShown(view.at?.desk ?? "");
  const theirs = DESKS.filter((desk) => may(...DESK_PAGES[desk].rights));
  if (theirs.length === 0) return null;
  const current = (here: boolean) => (here ? "page" : undefined);
  return (
    <nav className="desks" ref={row} aria-label={t("desks")}>
      <ViewLink to={{ at: undefined }} aria-current={current(!view.at)}>
        {t("desk.situation")}
      </ViewLink>
      {theirs.map((desk) => (
        <ViewLink
          key={desk}
          to={{ at: { desk, path: "", search: "" } }}
          aria-current={current(view.at?.desk === desk)}
        >
          {t(DESK_PAGES[desk].name)}
        </ViewLink>
      ))}
    </nav>
  );
}
