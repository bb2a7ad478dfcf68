import { listPublicCameras } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { PublicCamera } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge, type Tone } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { When } from "../elements/when.tsx";
import { Worded } from "../elements/worded.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { LANGUAGES } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";

const REGISTER_MS = 30_000;

const SIGNS: Readonly<
  Record<NonNullable<PublicCamera["sign"]>, { readonly name: MessageKey; readonly tone: Tone }>
> = {
  posted: { name: "sign.posted", tone: "good" },
  stale: { name: "sign.stale", tone: "bad" },
  "not-yet": { name: "sign.not-yet", tone: "bad" },
  "not-needed": { name: "sign.not-needed", tone: "plain" },
};

/** Every camera as the public register has it, and whether its sign still says what is true. */
export function RegisterRoom() {
  const { t, language } = useSpeech();
  const register = usePolling("public-cameras", listPublicCameras, REGISTER_MS);
  return (
    <>
      <p className="room-lead">{t("register.lead")}</p>
      <p>
        <a href={`/public/cameras?language=${language}`}>{t("register.public")}</a>
      </p>
      <Asked polled={register}>
        {({ cameras, contact, officer }) => (
          <>
            {(contact === undefined || officer === undefined) && (
              <p className="boxed boxed-warn">{t("register.nobody")}</p>
            )}
            {cameras.length === 0 && <Notice icon="camera" title={t("set-camera.none")} />}
            {cameras.length > 0 && (
              <ul className="rows">
                {cameras.map((camera) => (
                  <RegisterRow key={camera.id} camera={camera} />
                ))}
              </ul>
            )}
          </>
        )}
      </Asked>
    </>
  );
}

function RegisterRow({ camera }: { readonly camera: PublicCamera }) {
  const { t } = useSpeech();
  const { id, name, purpose, legal_basis, controller, retention_h, sign, films, recorded, paused_until } =
    camera;
  return (
    <li>
      <p className="row-head">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        {sign && <Badge tone={SIGNS[sign].tone}>{t(SIGNS[sign].name)}</Badge>}
        <Badge tone={films ? "accent" : "plain"}>
          {t(recorded ? "recorded" : films ? "register.films" : "register.films-not")}
        </Badge>
        {paused_until !== undefined && (
          <span className="quiet">
            {t("register.paused")} <When at={paused_until} />
          </span>
        )}
      </p>
      <p className="row-note">
        <Worded name={purpose} /> · <Worded name={legal_basis} /> · <bdi>{controller}</bdi> ·{" "}
        {t("hours", { count: retention_h })}
      </p>
      <p className="room-actions">
        {t("register.sign")}
        {LANGUAGES.map(({ language, name: own }) => (
          <a
            key={language}
            lang={language}
            href={`/v1/public/cameras/${encodeURIComponent(id)}/sign?language=${language}`}
          >
            {own}
          </a>
        ))}
      </p>
    </li>
  );
}
