import { getSettings } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import { Asked } from "../elements/asked.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { OwnerNote } from "./owner-note.tsx";

const SETTINGS_MS = 60_000;

/** Everything that the town is set up as: shown, and said where it is changed. */
export function SettingsRoom() {
  const { t } = useSpeech();
  const settings = usePolling("settings", getSettings, SETTINGS_MS);
  return (
    <>
      <p className="room-lead">{t("settings.lead")}</p>
      <Asked polled={settings} absent={<Notice icon="lock" title={t("settings.absent")} />}>
        {({ owner, settings: shown }) => (
          <>
            <OwnerNote owner={owner} />
            {Object.entries(shown).map(([name, value]) => (
              <section key={name} className="boxed" aria-label={name}>
                <h2 className="code">{name}</h2>
                <Value value={value} />
              </section>
            ))}
          </>
        )}
      </Asked>
    </>
  );
}

/** A value as it stands in the file: names and values, lists one below the other. */
function Value({ value }: { readonly value: unknown }) {
  if (Array.isArray(value)) {
    return (
      <ul className="settings-list">
        {value.map((each) => (
          <li key={JSON.stringify(each)}>
            <Value value={each} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === "object" && value !== null) {
    return (
      <dl className="facts">
        {Object.entries(value).map(([name, each]) => (
          <div key={name}>
            <dt className="code">{name}</dt>
            <dd>
              <Value value={each} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  return <bdi>{String(value)}</bdi>;
}
