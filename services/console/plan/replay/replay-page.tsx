import { type KeyboardEvent, lazy, Suspense, useMemo } from "react";
import { listSegments } from "../../api/client.ts";
import { usePolling } from "../../api/polling.ts";
import type { DayReplay, SegmentCollection } from "../../api/types.ts";
import { Notice } from "../../elements/notice.tsx";
import { useSpeech } from "../../messages/use-speech.tsx";
import { MapBoundary } from "../../page/map-boundary.tsx";
import { useTown } from "../../page/use-town.tsx";
import type { PlanView } from "../plan-view.ts";
import { Asking, Refused } from "../refused.tsx";
import { replayPath } from "../reports.ts";
import { SeenList } from "./seen-list.tsx";
import { seenAt, tracksOf } from "./tracks.ts";
import { useDay } from "./use-day.ts";
import { type Player, SPEEDS, usePlayer } from "./use-player.ts";
import "./replay.css";

const ReplayMap = lazy(async () => ({ default: (await import("./replay-map.tsx")).ReplayMap }));

type Change = (change: Partial<PlanView>, how?: "push" | "replace") => void;
const MINUTE_MS = 60_000;
const NO_WAYS: SegmentCollection = { type: "FeatureCollection", features: [] };

/** A past day on the map, played again. */
export function ReplayPage({ plan, onChange }: { readonly plan: PlanView; readonly onChange: Change }) {
  const path = replayPath(plan, "json");
  return <ReplayRoom key={path} path={path} plan={plan} onChange={onChange} />;
}

function ReplayRoom({
  path,
  plan,
  onChange,
}: {
  readonly path: string;
  readonly plan: PlanView;
  readonly onChange: Change;
}) {
  const { t } = useSpeech();
  const { day, again } = useDay(path);
  const { moments, whole, problem } = day;
  if (problem !== undefined && moments.length === 0) return <Refused problem={problem} onAgain={again} />;
  if (moments.length === 0) {
    if (!whole) return <Asking />;
    return (
      <Notice icon="list" title={t("replay.empty")}>
        <p>{t("line.empty.text")}</p>
      </Notice>
    );
  }
  return (
    <>
      {problem !== undefined && <Refused problem={problem} onAgain={again} />}
      <Replay moments={moments} whole={whole} plan={plan} onChange={onChange} />
    </>
  );
}

function Replay({
  moments,
  whole,
  plan,
  onChange,
}: {
  readonly moments: DayReplay["moments"];
  readonly whole: boolean;
  readonly plan: PlanView;
  readonly onChange: Change;
}) {
  const { t, formats } = useSpeech();
  const { town } = useTown();
  const ways = usePolling("segments", listSegments);
  const tracks = useMemo(() => tracksOf(moments, ways.value ?? NO_WAYS), [moments, ways.value]);
  const [first_ms = 0, last_ms = 0] = [moments[0], moments.at(-1)].map((moment) =>
    Date.parse(moment?.at ?? ""),
  );
  const begins_ms = dayBeginsAt(plan.date, town.timezone);
  const asked_ms = plan.at_min === undefined ? first_ms : begins_ms + plan.at_min * MINUTE_MS;
  const rest = (at_ms: number) =>
    onChange({ at_min: Math.max(0, Math.floor((at_ms - begins_ms) / MINUTE_MS)) });
  const player = usePlayer(first_ms, last_ms, asked_ms, rest);
  const seen = seenAt(tracks, player.at_ms);
  return (
    <>
      <div className="replay">
        <MapBoundary>
          <Suspense fallback={<p className="map-room">{t("page.loading")}</p>}>
            <ReplayMap seen={seen} chosen={plan.chosen} name={formats.dateTime(player.at_ms)} />
          </Suspense>
        </MapBoundary>
        <SeenList
          seen={seen}
          chosen={plan.chosen}
          onChoose={(id) => onChange({ chosen: id === plan.chosen ? "" : id })}
        />
        <Controls player={player} first_ms={first_ms} last_ms={last_ms} whole={whole} />
      </div>
      <p className="plan-export">
        {t("plan.export")}{" "}
        {(["csv", "parquet"] as const).map((form) => (
          <a
            key={form}
            className="button"
            href={replayPath(plan, form)}
            download={`replay-${plan.date}.${form}`}
          >
            {form === "csv" ? "CSV" : "Parquet"}
          </a>
        ))}
      </p>
    </>
  );
}

/** Local midnight, near enough for the address: days on which clocks change are read back as they were written. */
function dayBeginsAt(date: string, timezone: string): number {
  const noon_ms = Date.parse(`${date}T12:00:00Z`);
  const shown = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const [hours = 12, minutes = 0] = shown.format(noon_ms).split(":").map(Number);
  return noon_ms - (hours * 60 + minutes) * MINUTE_MS;
}

/** Space plays and pauses, arrows step by a minute, with Shift by ten. */
function Controls({
  player,
  first_ms,
  last_ms,
  whole,
}: {
  readonly player: Player;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly whole: boolean;
}) {
  const { t, formats } = useSpeech();
  const { at_ms, playing, speed, toggle, setSpeed, seek } = player;
  const onKey = (event: KeyboardEvent) => {
    const { key, shiftKey, target } = event;
    if (target instanceof HTMLSelectElement || (key === " " && target instanceof HTMLButtonElement)) return;
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[key];
    if (step !== undefined) seek(at_ms + step * (shiftKey ? 10 : 1) * MINUTE_MS);
    else if (key === " ") toggle();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of all its controls together
    <div className="replay-controls" onKeyDown={onKey}>
      <button type="button" className="button button-main" onClick={toggle}>
        {t(playing ? "replay.pause" : "replay.play")}
      </button>
      <button type="button" className="button" onClick={() => seek(at_ms - MINUTE_MS)}>
        {t("replay.minute-back")}
      </button>
      <button type="button" className="button" onClick={() => seek(at_ms + MINUTE_MS)}>
        {t("replay.minute-on")}
      </button>
      <input
        type="range"
        min={first_ms}
        max={last_ms}
        step={MINUTE_MS}
        value={at_ms}
        aria-label={t("replay.time")}
        aria-valuetext={formats.clock(at_ms)}
        onChange={({ target }) => seek(target.valueAsNumber)}
      />
      <output>{formats.clockSeconds(at_ms)}</output>
      <label className="replay-speed">
        {t("replay.speed")}{" "}
        <select value={speed} onChange={({ target }) => setSpeed(Number(target.value))}>
          {SPEEDS.map((each) => (
            <option key={each} value={each}>{`× ${each}`}</option>
          ))}
        </select>
      </label>
      {!whole && <span role="status">{t("replay.loaded", { time: formats.clock(last_ms) })}</span>}
    </div>
  );
}
