import { useAccount } from "../account/use-session.tsx";
import { UnknownTrackers } from "../buses/unknown-trackers.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";

/** Trackers that knock and that nobody knows: each is given to the bus that carries it. */
export function TrackersRoom() {
  const { t } = useSpeech();
  const { may } = useAccount();
  return (
    <>
      <p className="room-lead">{t("trackers.lead")}</p>
      {may("dispatch", "transit") && (
        <p>
          <ViewLink to={{ at: { desk: "buses", path: "", search: "" } }}>{t("trackers.buses")}</ViewLink>
        </p>
      )}
      <UnknownTrackers
        none={
          <Notice icon="bus" title={t("trackers.none")}>
            <p>{t("trackers.none.text")}</p>
          </Notice>
        }
      />
    </>
  );
}
