import { useState } from "react";
import { getSettings, listCameraSettings } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { CameraSettings } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { When } from "../elements/when.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { declarationOf } from "./camera-draft.ts";
import { CameraEditor } from "./camera-editor.tsx";
import { OwnerNote } from "./owner-note.tsx";

const ADD = "?add";

/** The cameras of the town: declared, drawn on, taken into use. `/admin/cameras/ID` opens one. */
export function CamerasRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const [told, setTold] = useState(0);
  const settings = usePolling("settings", getSettings);
  const kept = usePolling(`camera-settings/${told}`, listCameraSettings);
  const [, , open = ""] = at.path.split("/");
  const close = () => {
    setTold(told + 1);
    go(placeOf(""));
  };
  return (
    <Asked polled={settings} absent={<Notice icon="lock" title={t("settings.absent")} />}>
      {({ cameras_owner: owner }) => (
        <>
          <OwnerNote owner={owner} />
          <Asked polled={kept}>
            {(cameras) => {
              const camera = cameras.find(({ id }) => encodeURIComponent(id) === open);
              const isFixed = owner.by !== "pages";
              if (camera || (at.search === ADD && !isFixed)) {
                return <CameraEditor key={open} kept={camera} isFixed={isFixed} onDone={close} />;
              }
              return <CameraRows cameras={cameras} isFixed={isFixed} />;
            }}
          </Asked>
        </>
      )}
    </Asked>
  );
}

const placeOf = (id: string, search = "") =>
  ({ at: { desk: "admin", path: `/cameras${id && `/${encodeURIComponent(id)}`}`, search } }) as const;

function CameraRows({
  cameras,
  isFixed,
}: {
  readonly cameras: readonly CameraSettings[];
  readonly isFixed: boolean;
}) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  return (
    <>
      {!isFixed && (
        <p>
          <ViewLink className="button button-main" to={placeOf("", ADD)}>
            {t("set-camera.add")}
          </ViewLink>
        </p>
      )}
      {cameras.length === 0 && (
        <Notice icon="camera" title={t("set-camera.none")}>
          <p>{t("set-camera.none.text")}</p>
        </Notice>
      )}
      {cameras.length > 0 && (
        <ul className="rows">
          {cameras.map(({ id, settings, changed_by, changed_at }) => (
            <li key={id}>
              <p className="row-head">
                <ViewLink to={placeOf(id)}>
                  <bdi>{declarationOf(settings).name || id}</bdi>
                </ViewLink>
                <span className="code">{id}</span>
                {findCamera(id) === undefined && <Badge tone="warn">{t("set-camera.not-running")}</Badge>}
              </p>
              {changed_by !== undefined && changed_at !== undefined && (
                <p className="row-note">
                  {t("set-camera.changed")} <bdi>{changed_by}</bdi>, <When at={changed_at} />
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
