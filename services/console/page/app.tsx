import { lazy, Suspense, useCallback, useEffect } from "react";
import { AccountProvider, useAccount, useNewAccount } from "../account/use-session.tsx";
import type { Town } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import {
  SpeechProvider,
  type Spoken,
  useLanguage,
  useNewSpeech,
  useSpeech,
} from "../messages/use-speech.tsx";
import { StopSheet } from "../stops/stop-sheet.tsx";
import { DeskRoom } from "./desk-room.tsx";
import { Header } from "./header.tsx";
import { NARROW } from "./narrow.ts";
import { Strips } from "./strips.tsx";
import { useMedia } from "./use-media.ts";
import { TownProvider, useTownData, useTownItself } from "./use-town.tsx";
import { PlaceProvider, useAddress, usePlace } from "./use-view.tsx";

/** Whoever waits at a stop loads nothing of it. */
const Situation = lazy(async () => ({ default: (await import("./situation.tsx")).Situation }));

/** What saved searches find is told to whoever may search. */
const SearchAlerts = lazy(async () => ({
  default: (await import("../search/search-alerts.tsx")).SearchAlerts,
}));

/** The whole page: the town first, since everything is said in its zone and by its clock. */
export function App({ first }: { readonly first: Spoken }) {
  const place = useAddress();
  const [spoken, setLanguage] = useLanguage(first);
  const { town, now_ms } = useTownItself();
  const account = useNewAccount();
  const zone = town.value?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const speech = useNewSpeech(spoken, zone, now_ms);
  const { t } = speech;

  useEffect(() => {
    document.title = town.value ? t("page.title", { town: town.value.name }) : "Yardline";
  }, [town.value, t]);

  return (
    <SpeechProvider value={speech}>
      <PlaceProvider value={place}>
        <AccountProvider value={account}>
          <div className="page">
            <Header town={account && town.value} now_ms={now_ms} onLanguage={setLanguage} />
            <Strips town={town} />
            {town.value && account && <TownPage town={town.value} now_ms={now_ms} />}
            {!(town.value && account) && (
              <main className="waiting">
                {!town.problem && <Notice icon="clock" title={t("page.loading")} />}
              </main>
            )}
          </div>
        </AccountProvider>
      </PlaceProvider>
    </SpeechProvider>
  );
}

/** On a phone a stop stands alone: whoever waits for a bus loads no map and no list of events. */
function TownPage({ town, now_ms }: { readonly town: Town; now_ms(): number }) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const data = useTownData(town, now_ms, may("live", "archive", "operate", "configure"));
  const { view, go } = usePlace();
  const narrow = useMedia(NARROW);
  const close = useCallback(() => go({ open: undefined }), [go]);
  if (view.at) {
    return (
      <TownProvider value={data}>
        <DeskRoom at={view.at} />
        <Alerts />
      </TownProvider>
    );
  }
  return (
    <TownProvider value={data}>
      {narrow && view.open?.kind === "stop" ? (
        <main className="alone">
          <StopSheet alone stop_id={view.open.stop_id} onClose={close} />
        </main>
      ) : (
        <Suspense fallback={<main className="waiting">{t("page.loading")}</main>}>
          <Situation narrow={narrow} onClose={close} />
          <Alerts />
        </Suspense>
      )}
    </TownProvider>
  );
}

function Alerts() {
  const { may } = useAccount();
  if (!may("live", "transit")) return null;
  return (
    <Suspense>
      <SearchAlerts />
    </Suspense>
  );
}
