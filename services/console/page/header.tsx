import { AccountBar } from "../account/account-bar.tsx";
import type { Language, Town } from "../api/types.ts";
import { TownMark } from "../elements/town-mark.tsx";
import { LANGUAGES } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { DeskLinks } from "./desk-links.tsx";
import { useNow } from "./use-now.ts";
import { ViewLink } from "./use-view.tsx";

/** Whose page this is, and in which language it speaks. */
export function Header({
  town,
  now_ms,
  onLanguage,
}: {
  readonly town: Town | undefined;
  now_ms(): number;
  onLanguage(language: Language): void;
}) {
  const { t, language } = useSpeech();
  return (
    <header className="header">
      <ViewLink to={{ at: undefined, panel: "events", filter: {}, open: undefined }} className="brand">
        <TownMark />
        <span className="brand-town">{town?.name ?? "Yardline"}</span>
      </ViewLink>
      {town && <DeskLinks />}
      <div className="header-side">
        {town && <TownClock now_ms={now_ms} />}
        <fieldset className="segments" aria-label={t("language")}>
          {LANGUAGES.map((each) => (
            <button
              type="button"
              key={each.language}
              lang={each.language}
              title={each.name}
              aria-pressed={each.language === language}
              onClick={() => onLanguage(each.language)}
            >
              <span aria-hidden="true">{each.short}</span>
              <span className="unseen">{each.name}</span>
            </button>
          ))}
        </fieldset>
        {town && <AccountBar />}
      </div>
    </header>
  );
}

/** The town's time: every other time on the page is of the same zone. */
function TownClock({ now_ms }: { now_ms(): number }) {
  const { formats, t } = useSpeech();
  const now = useNow(now_ms, CLOCK_MS);
  return <time title={t("page.clock")}>{formats.clock(now)}</time>;
}

const CLOCK_MS = 5_000;
