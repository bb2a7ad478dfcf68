import { useState } from "react";
import { checkTimetable, listTimetables, returnToTimetable } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { FollowedTimetable, TimetableList } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge } from "../elements/badge.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { Icon } from "../elements/icon.tsx";
import { Notice } from "../elements/notice.tsx";
import { When } from "../elements/when.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { dayAt } from "./gtfs-findings.ts";
import { GtfsFindings } from "./gtfs-findings.tsx";
import { OwnerNote } from "./owner-note.tsx";
import { OfferedTimetable, SendTimetable } from "./timetable-offer.tsx";

const TIMETABLES_MS = 30_000;

type Version = FollowedTimetable["versions"][number];
type Source = FollowedTimetable["sources"][number];

/** Which timetable is in use, since when, and what the checker finds in it; and choosing another, where no file names it. */
export function TimetablesRoom() {
  const { t } = useSpeech();
  const [told, setTold] = useState(0);
  const timetables = usePolling(`timetables/${told}`, listTimetables, TIMETABLES_MS);
  return (
    <>
      <p className="room-lead">{t("timetables.lead")}</p>
      <Asked polled={timetables}>{(all) => <Timetables all={all} onDone={() => setTold(told + 1)} />}</Asked>
    </>
  );
}

function Timetables({
  all: { owner, offer, timetables },
  onDone,
}: {
  readonly all: TimetableList;
  onDone(): void;
}) {
  const { t } = useSpeech();
  const [chosen] = timetables;
  if (owner?.by === "pages" && chosen) {
    const { feed, versions } = chosen;
    const isFirst = versions.length === 0;
    return (
      <>
        <SendTimetable feed={feed} onSent={onDone} />
        {offer && <OfferedTimetable {...{ feed, offer, isFirst, onDone }} />}
        {isFirst ? (
          <Notice icon="bus" title={t("timetables.none")} />
        ) : (
          <Feed timetable={chosen} onDone={onDone} />
        )}
      </>
    );
  }
  return (
    <>
      {owner && <OwnerNote owner={owner} />}
      {timetables.map((each) => (
        <Feed key={each.feed} timetable={each} onDone={onDone} />
      ))}
      {timetables.length === 0 && (
        <Notice icon="bus" title={t("timetables.none")}>
          <p>{t("timetables.none.text")}</p>
          <ViewLink to={{ at: { desk: "admin", path: "/settings", search: "" } }}>
            {t("timetables.settings")}
          </ViewLink>
        </Notice>
      )}
    </>
  );
}

function Feed({
  timetable: { feed, sources, versions, newest, before },
  onDone,
}: {
  readonly timetable: FollowedTimetable;
  onDone(): void;
}) {
  const inUse = versions.find(({ in_use }) => in_use);
  const find = (sha256: string | undefined) => versions.find((each) => each.sha256 === sha256);
  return (
    <section className="room-part" aria-labelledby={`feed-${feed}`}>
      <h2 id={`feed-${feed}`}>
        <bdi>{feed}</bdi>
      </h2>
      <ul className="rows">
        {versions.map((version) => (
          <VersionRow
            key={version.sha256}
            version={version}
            source={sources.find(({ source }) => source === version.source)}
          />
        ))}
      </ul>
      <GoBack feed={feed} newest={find(newest)} before={find(before)} onDone={onDone} />
      {sources.map((source) => source.trouble && <Trouble key={source.source} source={source} />)}
      {inUse && <InUseFindings feed={feed} version={inUse.sha256} />}
    </section>
  );
}

/** Undoing the last choice, asked once more: what was driven by it stays its own. */
function GoBack({
  feed,
  newest,
  before,
  onDone,
}: {
  readonly feed: string;
  readonly newest: Version | undefined;
  readonly before: Version | undefined;
  onDone(): void;
}) {
  const { t, formats } = useSpeech();
  const [asks, setAsks] = useState(false);
  if (!newest || !before) return null;
  const day = (date: string) => formats.day(dayAt(date));
  return (
    <>
      <p className="room-actions">
        <button type="button" className="button" onClick={() => setAsks(true)}>
          {t("timetable.back")}
        </button>
      </p>
      {asks && (
        <FormDialog
          title={t("timetable.back")}
          action={t("timetable.back")}
          onClose={() => setAsks(false)}
          onSend={async () => {
            await returnToTimetable(feed, newest.sha256);
            setAsks(false);
            onDone();
          }}
        >
          <p>
            <bdi>{newest.source}</bdi> → <bdi>{before.source}</bdi>
          </p>
          <p>{t("timetables.days", { first: day(before.first_day), last: day(before.last_day) })}</p>
          <p>{t("timetable.back.text")}</p>
        </FormDialog>
      )}
    </>
  );
}

function VersionRow({
  version: { feed_version, in_use, first_day, last_day, from, until, taken_at, source },
  source: known,
}: {
  readonly version: Version;
  readonly source: Source | undefined;
}) {
  const { t, formats } = useSpeech();
  const day = (date: string) => formats.day(dayAt(date));
  return (
    <li>
      <p className="row-head">
        <strong>
          <bdi>
            {feed_version === undefined
              ? t("timetables.unnamed")
              : t("timetables.version", { version: feed_version })}
          </bdi>
        </strong>
        <Badge tone={in_use ? "good" : "plain"}>{t(in_use ? "timetables.in-use" : "timetables.other")}</Badge>
      </p>
      <p>{t("timetables.days", { first: day(first_day), last: day(last_day) })}</p>
      <p className="row-note">
        {from !== undefined && <>{t("timetables.from", { day: day(from) })} · </>}
        {until !== undefined && <>{t("timetable.until", { day: day(until) })} · </>}
        {taken_at !== undefined && (
          <>
            {t("timetables.taken")} <When at={taken_at} /> ·{" "}
          </>
        )}
        {t("timetables.source")} <bdi className="code">{source}</bdi>
        {known?.looked_at !== undefined && (
          <>
            {" "}
            · {t("timetables.looked")} <When at={known.looked_at} />
          </>
        )}
      </p>
    </li>
  );
}

/** Why nothing newer comes of a source, and what is wrong with what it has. */
function Trouble({ source: { source, trouble } }: { readonly source: Source }) {
  const { t } = useSpeech();
  if (!trouble) return null;
  const { kind, code, why, at, refused } = trouble;
  const isAway = kind === "away";
  return (
    <section className="boxed boxed-warn">
      <p>
        <strong>
          <Icon name="alert" /> {t(isAway ? "timetables.away" : "timetables.refused")}
        </strong>
      </p>
      <p>{t(isAway ? "timetables.away.todo" : "timetables.refused.todo")}</p>
      <p className="row-note">
        {t("timetables.source")} <bdi className="code">{source}</bdi> · {t("timetables.since")}{" "}
        <When at={at} />
      </p>
      <p className="row-note">
        <span className="code" lang="en" dir="auto">
          {why.includes(code) ? why : `${why} (${code})`}
        </span>
      </p>
      {refused && refused.findings.length > 0 && (
        <>
          <h3>{t("timetables.findings-refused")}</h3>
          <GtfsFindings findings={refused.findings} />
        </>
      )}
    </section>
  );
}

function InUseFindings({ feed, version }: { readonly feed: string; readonly version: string }) {
  const { t, formats } = useSpeech();
  const checked = usePolling(`timetable/${feed}/${version}`, (signal) =>
    checkTimetable(feed, version, signal),
  );
  return (
    <section className="room-part room-under" aria-label={t("timetables.findings")}>
      <h3>{t("timetables.findings")}</h3>
      {!checked.value && !checked.problem && <Notice icon="clock" title={t("timetables.checking")} />}
      {(checked.value || checked.problem) && (
        <Asked polled={checked}>
          {({ findings, checked_on }) => (
            <>
              {checked_on !== undefined && (
                <p className="row-note">{t("timetables.checked", { day: formats.day(dayAt(checked_on)) })}</p>
              )}
              <GtfsFindings findings={findings} />
            </>
          )}
        </Asked>
      )}
    </section>
  );
}
