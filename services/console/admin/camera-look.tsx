import { useState } from "react";
import { probeCamera, stillPath, takeStill } from "../api/administration.ts";
import type { CameraProbe } from "../api/types.ts";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** The camera's address, what it sends, and the one picture that is drawn on. */
export function CameraLook({
  camera,
  isFixed,
  address,
  onAddress,
  onPicture,
}: {
  /** Undefined while it is not set up yet. */
  readonly camera: string | undefined;
  readonly isFixed: boolean;
  readonly address: string;
  onAddress(address: string): void;
  onPicture(path: string): void;
}) {
  const { t } = useSpeech();
  const [probe, setProbe] = useState<CameraProbe>();
  const { busy, problem, send: ask } = useSending();
  const look = () =>
    ask(async () => {
      const found = await probeCamera(address);
      setProbe(found);
      onPicture(stillPath(found.still));
    });
  const still = (id: string) => ask(async () => onPicture(stillPath(await takeStill(id))));
  return (
    <div className="boxed">
      {!isFixed && (
        <label className="field">
          {t(camera === undefined ? "look.address" : "look.new-address")}
          <input
            type="password"
            value={address}
            required={camera === undefined}
            autoComplete="off"
            placeholder="rtsp://user:password@192.168.1.20/stream"
            onChange={({ target }) => onAddress(target.value)}
          />
        </label>
      )}
      <p className="room-actions">
        {!isFixed && (
          <button
            type="button"
            className="button"
            disabled={busy || address === ""}
            onClick={() => void look()}
          >
            {t(busy ? "look.asking" : "look.probe")}
          </button>
        )}
        {camera !== undefined && (
          <button type="button" className="button" disabled={busy} onClick={() => void still(camera)}>
            {t("look.still")}
          </button>
        )}
      </p>
      <p className="row-note">{t("look.noted")}</p>
      <div role="status">
        <ProblemLine problem={problem} />
        {probe && <Probed probe={probe} />}
      </div>
    </div>
  );
}

function Probed({ probe }: { readonly probe: CameraProbe }) {
  const { t, formats } = useSpeech();
  const { codec, width_px, height_px, fps, bit_rate_kbps, cost, advice } = probe;
  const core = (ms: number) => formats.percent(ms / 1000);
  return (
    <>
      <p>
        {t("look.sends", {
          codec,
          size: `${width_px}×${height_px}`,
          fps: formats.number(fps),
          rate: formats.number(bit_rate_kbps),
        })}
      </p>
      <p>{t("look.costs", { look: core(cost.look_ms), burnt: core(cost.burnt_in_ms) })}</p>
      {advice.map((sentence) => (
        <p key={sentence} className="row-note" lang="en">
          {sentence}
        </p>
      ))}
    </>
  );
}
