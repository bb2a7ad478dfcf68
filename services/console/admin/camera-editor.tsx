import { type FormEvent, useState } from "react";
import { getCameraSettings, removeCameraSettings, writeCameraSettings } from "../api/administration.ts";
import { ApiProblem } from "../api/client.ts";
import type { CameraSettings } from "../api/types.ts";
import { Icon } from "../elements/icon.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { changedFields, type Declaration, declarationOf, settingsWith, shapesOf } from "./camera-draft.ts";
import { CameraLook } from "./camera-look.tsx";
import { DeclarationFields } from "./declaration-fields.tsx";
import { type Drawing, drawingOf } from "./drawing.ts";
import { MineOrTheirs } from "./mine-or-theirs.tsx";
import { PictureDrawing } from "./picture-drawing.tsx";

type Trouble = { readonly message: string; readonly theirs?: CameraSettings };

/** One camera: what is declared of it, and what is drawn on its picture. Nothing typed is lost when it is refused. */
export function CameraEditor({
  kept,
  isFixed,
  onDone,
}: {
  /** Undefined for a new one. */
  readonly kept: CameraSettings | undefined;
  readonly isFixed: boolean;
  onDone(): void;
}) {
  const { t } = useSpeech();
  const [base, setBase] = useState(kept);
  const [id, setId] = useState(kept?.id ?? "");
  const [address, setAddress] = useState("");
  const [declared, setDeclared] = useState<Declaration>(() => declarationOf(kept?.settings ?? {}));
  const [drawing, setDrawing] = useState<Drawing>(() => drawingOf(shapesOf(kept?.settings ?? {})));
  const [picture, setPicture] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    try {
      await work();
      onDone();
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown;
      const message = thrown.status === 0 ? t("asked.unreachable") : thrown.message;
      const theirs = thrown.status === 412 ? await readAgain(id) : undefined;
      setTrouble({ message, ...(theirs && { theirs }) });
    } finally {
      setBusy(false);
    }
  }
  const write = (seen: CameraSettings | undefined) =>
    attempt(() =>
      writeCameraSettings(id, seen?.revision ?? 0, {
        settings: settingsWith(seen?.settings ?? {}, declared, drawing.shapes),
        ...(address !== "" && { address }),
      }),
    );
  const takeTheirs = (theirs: CameraSettings) => {
    setBase(theirs);
    setDeclared(declarationOf(theirs.settings));
    setDrawing(drawingOf(shapesOf(theirs.settings)));
    setTrouble(undefined);
  };
  return (
    <form
      className="room-part"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void write(base);
      }}
    >
      {!kept && (
        <label className="field">
          {t("set-camera.id")}
          <input
            value={id}
            required
            maxLength={40}
            pattern="[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?"
            autoCapitalize="none"
            spellCheck={false}
            onChange={({ target }) => setId(target.value)}
          />
        </label>
      )}
      <DeclarationFields declared={declared} isFixed={isFixed} onChange={setDeclared} />
      <CameraLook
        camera={kept?.id}
        isFixed={isFixed}
        address={address}
        onAddress={setAddress}
        onPicture={setPicture}
      />
      <h2>{t("draw.title")}</h2>
      <p className="room-lead">{t("draw.lead")}</p>
      <PictureDrawing picture={picture} drawing={drawing} isFixed={isFixed} onDraw={setDrawing} />
      {trouble && (
        <div className="boxed boxed-bad" role="alert">
          <p>
            <Icon name="alert" /> {trouble.message}
          </p>
          {trouble.theirs && base && (
            <Theirs
              fields={changedFields(base.settings, trouble.theirs.settings)}
              onTake={() => trouble.theirs && takeTheirs(trouble.theirs)}
              onKeep={() => void write(trouble.theirs)}
            />
          )}
        </div>
      )}
      <p className="room-actions">
        {!isFixed && (
          <button type="submit" className="button button-main" disabled={busy}>
            {t("set-camera.save")}
          </button>
        )}
        <button type="button" className="button" onClick={onDone}>
          {t("set-camera.back")}
        </button>
        {!isFixed && base?.revision !== undefined && (
          <button
            type="button"
            className="link-button"
            onClick={() => void attempt(() => removeCameraSettings(base.id, base.revision ?? 0))}
          >
            {t("set-camera.remove")}
          </button>
        )}
      </p>
      {!isFixed && <p className="row-note">{t("set-camera.applied")}</p>}
    </form>
  );
}

/** What the other one changed, and the choice between the two. */
function Theirs({
  fields,
  onTake,
  onKeep,
}: {
  readonly fields: readonly string[];
  onTake(): void;
  onKeep(): void;
}) {
  const { t } = useSpeech();
  return (
    <>
      <p>
        {t("set-camera.theirs")} <span className="code">{fields.join(", ")}</span>
      </p>
      <MineOrTheirs onTake={onTake} onKeep={onKeep} />
    </>
  );
}

async function readAgain(id: string): Promise<CameraSettings | undefined> {
  try {
    return await getCameraSettings(id, AbortSignal.timeout(15_000));
  } catch (thrown) {
    if (thrown instanceof ApiProblem) return undefined;
    throw thrown;
  }
}
