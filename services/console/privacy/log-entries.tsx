import { When } from "../elements/when.tsx";
import type { MessageKey } from "../messages/translate.ts";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { ACTION_NAMES, detailsOf, type LogEntry } from "./log-view.ts";

/** Yardline itself, and whoever did not sign in, as the log has them. */
const BOX = "(box)";
const NOBODY = "(nobody)";

/** What deeds are about, where it has a word; else as the log has it. */
const THINGS: Readonly<Record<string, MessageKey>> = {
  camera: "thing.camera",
  event: "thing.event",
  account: "thing.account",
  incident: "thing.incident",
  tracker: "thing.tracker",
  hold: "thing.hold",
  evidence: "thing.evidence",
  request: "thing.request",
  audit: "thing.audit",
  shift: "thing.shift",
};

/** Deeds, newest first: who, what, to what, what for, from where. */
export function LogEntries({ entries }: { readonly entries: readonly LogEntry[] }) {
  return (
    <ul className="rows log">
      {entries.map((entry) => (
        <Entry key={entry.seq} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ entry }: { readonly entry: LogEntry }) {
  const { t } = useSpeech();
  const { at, who, from, action, purpose, incident, seq } = entry;
  const details = detailsOf(entry);
  const whoIs = { [BOX]: t("log.box"), [NOBODY]: t("log.nobody") }[who] ?? who;
  return (
    <li>
      <p className="row-head">
        <strong>
          <bdi>{whoIs}</bdi>
        </strong>
        <span>{t(ACTION_NAMES[action])}</span>
        <What entry={entry} />
        <span className="row-end quiet">
          <When at={at} seconds />
        </span>
      </p>
      <p className="row-note">
        {purpose !== undefined && (
          <>
            {t("log.purpose")} <bdi>{purpose}</bdi> ·{" "}
          </>
        )}
        {incident !== undefined && (
          <>
            {t("incident")}{" "}
            <ViewLink to={{ at: undefined, open: { kind: "incident", id: incident } }}>{incident}</ViewLink> ·{" "}
          </>
        )}
        {from !== "" && `${t("log.from", { address: from })} · `}
        {t("log.number", { seq })}
      </p>
      {details.length > 0 && (
        <details>
          <summary>{t("log.details")}</summary>
          {details.map((line) => (
            <p key={line} className="code" dir="auto">
              {line}
            </p>
          ))}
        </details>
      )}
    </li>
  );
}

function What({ entry: { object } }: { readonly entry: LogEntry }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const thing = THINGS[object.kind];
  const name = object.kind === "camera" ? findCamera(object.id)?.name : undefined;
  return (
    <span className="quiet">
      {thing ? t(thing) : object.kind} <bdi>{name ?? object.id}</bdi>
    </span>
  );
}
