import { lazy, Suspense, useEffect } from "react";
import { getTown } from "../api/client.ts";
import { FIRST } from "../api/first-answers.ts";
import { usePolling } from "../api/polling.ts";
import { serverNow_ms } from "../api/server-clock.ts";
import type { Language, Town } from "../api/types.ts";
import { browserStorage } from "../elements/browser-storage.ts";
import { Icon } from "../elements/icon.tsx";
import { TownMark } from "../elements/town-mark.tsx";
import { LANGUAGES, type Messages } from "../messages/translate.ts";
import {
  SpeechProvider,
  type Spoken,
  useLanguage,
  useNewSpeech,
  useSpeech,
} from "../messages/use-speech.tsx";
import type { ResidentPlace } from "./address.ts";
import { Home } from "./home.tsx";
import { ResidentLink, ResidentPlaceProvider, useResidentPlace } from "./place.tsx";
import { rememberedTown, rememberTown } from "./remembered-town.ts";
import { StopPage } from "./stop-page.tsx";
import { TEXTS } from "./texts.ts";

const Board = lazy(async () => ({ default: (await import("./board.tsx")).BoardPage }));
const Signs = lazy(async () => ({ default: (await import("./signs.tsx")).SignsPage }));

const TOWN_MS = 60_000;

export const loadTexts = async (language: Language): Promise<Messages> => TEXTS[language];

/** Everything that a passenger sees: a stop, their stops, a screen at a stop, signs to print. */
export function ResidentApp({ first }: { readonly first: Spoken }) {
  const [place, go] = useResidentPlace();
  const [spoken, setLanguage] = useLanguage(first, loadTexts);
  const { value, problem } = usePolling("town", getTown, TOWN_MS, FIRST.town);
  const town = value ?? rememberedTown(browserStorage);
  const speech = useNewSpeech(spoken, town?.timezone, serverNow_ms);
  useEffect(() => {
    if (value) rememberTown(browserStorage, value);
  }, [value]);
  const common = { town, go, onLanguage: setLanguage, place, cutOff: problem !== undefined };
  return (
    <SpeechProvider value={speech}>
      <ResidentPlaceProvider value={go}>
        {place.page === "board" || place.page === "signs" ? (
          <Suspense fallback={<main className="waiting">{speech.t("page.loading")}</main>}>
            {place.page === "board" ? (
              <Board stop_id={place.stop_id} town={town} />
            ) : (
              <Signs route_id={place.route_id} town={town} />
            )}
          </Suspense>
        ) : (
          <Phone {...common} place={place} />
        )}
      </ResidentPlaceProvider>
    </SpeechProvider>
  );
}

export type KnownTown = Pick<Town, "name" | "timezone" | "simulated" | "positions_unavailable">;

function Phone({
  place,
  town,
  onLanguage,
}: {
  readonly place: Extract<ResidentPlace, { page: "home" | "stop" }>;
  readonly town: KnownTown | undefined;
  onLanguage(language: Language): void;
}) {
  const { t } = useSpeech();
  return (
    <div className="resident">
      <header className="resident-head">
        <ResidentLink to={{ page: "home" }} className="resident-town">
          <TownMark />
          <bdi>{town?.name ?? "Yardline"}</bdi>
        </ResidentLink>
        <Languages onLanguage={onLanguage} />
      </header>
      <aside aria-label={t("page.notices")}>
        {town?.simulated && (
          <p className="strip strip-simulated">
            <strong>{t("simulated.title")}</strong> {t("simulated.text")}
          </p>
        )}
        {town?.positions_unavailable && (
          <p className="strip strip-simulated" role="status">
            <Icon name="alert" /> {t("positions.unavailable")}
          </p>
        )}
      </aside>
      {place.page === "stop" ? <StopPage key={place.stop_id} stop_id={place.stop_id} /> : <Home />}
    </div>
  );
}

function Languages({ onLanguage }: { onLanguage(language: Language): void }) {
  const { t, language } = useSpeech();
  return (
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
  );
}
