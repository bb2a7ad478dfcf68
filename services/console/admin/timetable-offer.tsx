import { useState } from "react";
import { chooseTimetable, dropTimetableOffer } from "../api/administration.ts";
import { serverNow_ms } from "../api/server-clock.ts";
import type { TimetableOffer } from "../api/types.ts";
import { Badge } from "../elements/badge.tsx";
import { FormDialog } from "../elements/form-dialog.tsx";
import { Icon } from "../elements/icon.tsx";
import { ProblemLine, useSending } from "../elements/sending.tsx";
import { When } from "../elements/when.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { dayAt } from "./gtfs-findings.ts";
import { GtfsFindings } from "./gtfs-findings.tsx";
import { sendTimetable, serviceDayOf } from "./send-timetable.ts";
import { faultWords } from "./timetable-words.ts";

const DAY_MS = 86_400_000;

/** Sending a timetable: it is looked over, and nothing else happens before somebody chooses it. */
export function SendTimetable({ feed, onSent }: { readonly feed: string; onSent(): void }) {
  const { t, formats } = useSpeech();
  const [sent, setSent] = useState<number>();
  const { busy, problem, send } = useSending();
  const pick = (file: File) =>
    void send(async () => {
      try {
        await sendTimetable(feed, file, setSent);
      } finally {
        setSent(undefined);
        onSent();
      }
    });
  return (
    <section className="boxed" aria-labelledby="send-timetable">
      <h2 id="send-timetable">{t("timetable.send")}</h2>
      <p>{t("timetable.send.text")}</p>
      <label className="field">
        {t("timetable.file")}
        <input
          type="file"
          accept=".zip,application/zip"
          disabled={busy}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) pick(file);
            // The same file, mended, may be picked again.
            currentTarget.value = "";
          }}
        />
      </label>
      {sent !== undefined && (
        <p role="status">
          {sent < 1 ? t("timetable.sending", { share: formats.percent(sent) }) : t("timetables.checking")}
        </p>
      )}
      <ProblemLine problem={problem} />
    </section>
  );
}

/** What was sent: what it is, what is wrong with it, and the choice. */
export function OfferedTimetable({
  feed,
  offer,
  isFirst,
  onDone,
}: {
  readonly feed: string;
  readonly offer: TimetableOffer;
  /** Whether there is none yet. */
  readonly isFirst: boolean;
  onDone(): void;
}) {
  const { t, formats } = useSpeech();
  const [asks, setAsks] = useState(false);
  const { busy, problem, send } = useSending();
  const { name, sent_by, sent_at, refused, read, findings } = offer;
  const day = (date: string) => formats.day(dayAt(date));
  return (
    <section className={`boxed ${refused ? "boxed-bad" : "boxed-warn"}`} aria-labelledby="offered-timetable">
      <p className="row-head">
        <strong id="offered-timetable">
          <bdi>{name}</bdi>
        </strong>
        <Badge tone={refused ? "bad" : "warn"}>{t(refused ? "timetable.refused" : "timetable.waits")}</Badge>
      </p>
      <p className="row-note">
        {t("timetable.sent-by")} <bdi>{sent_by}</bdi> · <When at={sent_at} />
      </p>
      {read && (
        <p>
          {t("timetables.days", { first: day(read.first_day), last: day(read.last_day) })} ·{" "}
          {t("timetable.holds", { lines: read.lines, stops: read.stops, trips: read.trips })}
        </p>
      )}
      {refused && (
        <>
          <p>
            <strong>
              <Icon name="alert" /> {t(faultWords(refused.code))}
            </strong>
          </p>
          <p className="row-note">
            <span className="code" lang="en" dir="auto">
              {refused.why}
            </span>
          </p>
        </>
      )}
      {(read || findings.length > 0) && <GtfsFindings findings={findings} />}
      <ProblemLine problem={problem} />
      <p className="room-actions">
        {!refused && (
          <button type="button" className="button button-main" onClick={() => setAsks(true)}>
            {t("timetable.choose")}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void send(async () => dropTimetableOffer(feed)).then(onDone)}
        >
          {t("timetable.drop")}
        </button>
      </p>
      {asks && (
        <ChoiceDialog
          feed={feed}
          offer={offer}
          isFirst={isFirst}
          onClose={() => setAsks(false)}
          onDone={onDone}
        />
      )}
    </section>
  );
}

function ChoiceDialog({
  feed,
  offer: { version },
  isFirst,
  onClose,
  onDone,
}: Omit<Parameters<typeof OfferedTimetable>[0], "offer"> & {
  readonly offer: TimetableOffer;
  onClose(): void;
}) {
  const { t, formats } = useSpeech();
  const [when, setWhen] = useState<"at-once" | "day">(isFirst ? "at-once" : "day");
  return (
    <FormDialog
      title={t("timetable.choose")}
      action={t("timetable.choose")}
      onClose={onClose}
      onSend={async (typed) => {
        const from = when === "day" ? serviceDayOf(typed("from")) : undefined;
        await chooseTimetable(feed, { version, ...(from !== undefined && { from }) });
        onClose();
        onDone();
      }}
    >
      <p>{t(isFirst ? "timetable.choose.first" : "timetable.choose.text")}</p>
      <label className="check">
        <input type="radio" name="when" checked={when === "day"} onChange={() => setWhen("day")} />{" "}
        {t("timetable.choose.day")}
      </label>
      {when === "day" && (
        <label className="field">
          {t("timetable.choose.from")}
          <input
            name="from"
            type="date"
            required
            min={formats.dayKey(serverNow_ms())}
            defaultValue={formats.dayKey(serverNow_ms() + DAY_MS)}
          />
        </label>
      )}
      <label className="check">
        <input type="radio" name="when" checked={when === "at-once"} onChange={() => setWhen("at-once")} />{" "}
        {t("timetable.choose.at-once")}
      </label>
    </FormDialog>
  );
}
