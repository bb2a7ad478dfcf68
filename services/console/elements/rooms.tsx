import { type ComponentType, type LazyExoticComponent, Suspense } from "react";
import { useAccount } from "../account/use-session.tsx";
import type { Right } from "../api/types.ts";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { Notice } from "./notice.tsx";
import { useCurrentShown } from "./use-current-shown.ts";
import "./rooms.css";

/** One room of a desk: its name, who may enter, and its code, which loads when somebody comes. */
type RoomPage = {
  readonly name: MessageKey;
  readonly rights: readonly Right[];
  readonly page: LazyExoticComponent<ComponentType<{ readonly at: DeskPlace }>>;
};

/** A desk of several rooms. The first part of its path names the room; without one it is the first that is theirs. */
export function Rooms({
  at,
  label,
  rooms,
}: {
  readonly at: DeskPlace;
  readonly label: string;
  readonly rooms: Readonly<Record<string, RoomPage>>;
}) {
  const { t } = useSpeech();
  const { may } = useAccount();
  const theirs = Object.entries(rooms).filter(([, { rights }]) => may(...rights));
  const [, asked = ""] = at.path.split("/");
  const [name, room] = theirs.find(([each]) => each === asked) ?? theirs[0] ?? [];
  const row = useCurrentShown(name ?? "");
  if (!room) return null;
  const { page: Page } = room;
  return (
    <main className="rooms">
      <nav className="rooms-nav" ref={row} aria-label={label}>
        {theirs.map(([each, { name: title }]) => (
          <ViewLink
            key={each}
            to={{ at: { desk: at.desk, path: `/${each}`, search: "" } }}
            aria-current={each === name ? "page" : undefined}
          >
            {t(title)}
          </ViewLink>
        ))}
      </nav>
      <div className="room">
        <h1>{t(room.name)}</h1>
        <Suspense fallback={<Notice icon="clock" title={t("page.loading")} />}>
          <Page at={at} />
        </Suspense>
      </div>
    </main>
  );
}
