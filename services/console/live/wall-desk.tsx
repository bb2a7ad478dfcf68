import { type KeyboardEvent, useRef } from "react";
import type { Camera } from "../api/types.ts";
import { Notice } from "../elements/notice.tsx";
import { PurposeLine, PurposeProvider, usePurpose } from "../events/use-purpose.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { LiveStrip } from "./live-strip.tsx";
import { useLive } from "./use-live.ts";
import { WallPicker } from "./wall-picker.tsx";
import { WallTile } from "./wall-tile.tsx";
import {
  columnsOf,
  formatWall,
  moved,
  parseWall,
  shownOn,
  streamsFor,
  tileAfter,
  toggled,
  type Wall,
} from "./wall-view.ts";
import "./wall.css";

/** Live pictures of up to eight cameras. Which, in which order and which of them is large stands in the address. */
export function WallDesk({ at }: { readonly at: DeskPlace }) {
  return (
    <PurposeProvider>
      <WallRoom at={at} />
    </PurposeProvider>
  );
}

function WallRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { cameras, findCamera } = useTown();
  const { go } = usePlace();
  const { lookAt } = usePurpose();
  const grid = useRef<HTMLDivElement>(null);
  const all = cameras.value ?? [];
  const wall = parseWall(at.path, at.search);
  const shown = shownOn(
    wall,
    all.map(({ id }) => id),
  );
  const large = shown.find((id) => id === wall.large);
  const live = useLive(shown, streamsFor(shown, large), lookAt);
  const show = (next: Partial<Wall>) =>
    go({ at: { desk: "wall", ...formatWall({ cameras: shown, large, ...next }) } }, "replace");
  const remove = (id: string) =>
    show({ cameras: toggled(shown, id), large: large === id ? undefined : large });

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tiles = [...(grid.current?.querySelectorAll(".tile-picture") ?? [])];
    const here = tiles.findIndex((tile) => tile.contains(event.target instanceof Node ? event.target : null));
    const [id, to] = [shown[here], tileAfter(event.key, here, tiles.length)];
    const next = tiles[to ?? -1];
    const change = id === undefined ? undefined : changeOf(event.key, { id, shown, large });
    if (id === undefined || (!next && !change)) return;
    event.preventDefault();
    if (next instanceof HTMLElement) next.focus();
    else if (change) show(change);
  };

  return (
    <main className="wall">
      <header className="wall-head">
        <h1>{t("desk.wall")}</h1>
        <PurposeLine />
        <WallPicker all={all} shown={shown} onToggle={(id) => show({ cameras: toggled(shown, id) })} />
      </header>
      {live && <LiveStrip line={live.line} />}
      <WallNotice cameras={cameras} shown={shown.length} />
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the tiles, which are buttons.
        <div
          ref={grid}
          className={`wall-grid ${large === undefined ? `wall-${columnsOf(shown.length)}` : "wall-one"}`}
          onKeyDown={onKey}
        >
          {shown.map((id) => (
            <WallTile
              key={id}
              id={id}
              camera={findCamera(id)}
              live={live}
              large={id === large}
              onLarge={() => show({ large: id === large ? undefined : id })}
              onRemove={() => remove(id)}
            />
          ))}
        </div>
      )}
      {shown.length > 0 && <p className="wall-keys">{t("wall.keys")}</p>}
    </main>
  );
}

/** What a key on a tile changes. */
function changeOf(
  key: string,
  { id, shown, large }: { id: string; shown: readonly string[]; large: string | undefined },
): Partial<Wall> | undefined {
  if (key === "Delete") return { cameras: toggled(shown, id), large: large === id ? undefined : large };
  if (key === "[") return { cameras: moved(shown, id, -1) };
  if (key === "]") return { cameras: moved(shown, id, 1) };
  return key === "Escape" && large !== undefined ? { large: undefined } : undefined;
}

function WallNotice({
  cameras: { value, problem },
  shown,
}: {
  readonly cameras: { readonly value?: readonly Camera[]; readonly problem?: unknown };
  readonly shown: number;
}) {
  const { t } = useSpeech();
  if (!value && problem !== undefined)
    return <Notice icon="alert" title={t("cameras.unreachable")} tone="bad" />;
  if (!value) return <Notice icon="clock" title={t("page.loading")} />;
  if (value.length === 0) return <Notice icon="camera" title={t("cameras.none")} />;
  return shown === 0 ? <Notice icon="camera" title={t("wall.empty")} /> : null;
}
