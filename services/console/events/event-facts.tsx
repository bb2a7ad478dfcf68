import type { ReactNode } from "react";
import type { ApiEvent } from "../api/types.ts";
import { type Speech, useSpeech } from "../messages/use-speech.tsx";
import { type TownData, useTown } from "../page/use-town.tsx";
import { ViewLink } from "../page/use-view.tsx";
import { delayText } from "../stops/arrival-text.ts";
import { cameraGapOf, delayChangeOf, sceneOf, stopVisitOf } from "./kinds.ts";
import { LABEL_NAMES } from "./labels.ts";

type Fact = readonly [name: string, value: ReactNode];

/** What is known of an event, a row each; the sentence above is made of these. */
export function EventFacts({ event }: { readonly event: ApiEvent }) {
  const speech = useSpeech();
  const town = useTown();
  const facts: readonly Fact[] = [
    ...sceneFacts(event, speech, town),
    ...cameraGapFacts(event, speech, town),
    ...transitFacts(event, speech),
    [speech.t("fact.time"), `${speech.formats.day(event.time)}, ${speech.formats.clockSeconds(event.time)}`],
    [speech.t("fact.type"), <code key="type">{event.type}</code>],
    [speech.t("fact.revision"), speech.formats.number(event.revision)],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function sceneFacts(event: ApiEvent, { t, formats }: Speech, { findCamera }: TownData): readonly Fact[] {
  const data = sceneOf(event);
  if (!data) return [];
  const stay_s = Math.round((Date.parse(data.until) - Date.parse(data.since)) / 1000);
  return [
    ...(data.label ? [[t("fact.label"), t(LABEL_NAMES[data.label])] as const] : []),
    [t("fact.camera"), findCamera(data.camera)?.name ?? data.camera],
    [t("fact.zone"), data.zone === "all" ? t("fact.zone.all") : data.zone],
    [
      t("fact.stay"),
      `${formats.clockSeconds(data.since)} – ${formats.clockSeconds(data.until)}, ${t("seconds", { count: stay_s })}`,
    ],
    ...(data.score === undefined ? [] : [[t("fact.score"), formats.percent(data.score)] as const]),
    ...(data.sightings === undefined
      ? []
      : [[t("fact.sightings"), t("fact.sightings.count", { count: data.sightings })] as const]),
    [t("fact.rule"), data.rule],
    ...(data.ended === "lost" ? [[t("fact.ended"), t("fact.ended.lost")] as const] : []),
  ];
}

function cameraGapFacts(event: ApiEvent, { t, formats }: Speech, { findCamera }: TownData): readonly Fact[] {
  const data = cameraGapOf(event);
  if (!data) return [];
  return [
    [t("fact.camera"), findCamera(data.camera)?.name ?? data.camera],
    [t("fact.since"), formats.clockSeconds(data.since)],
    [t("fact.until"), data.until ? formats.clockSeconds(data.until) : t("fact.until.now")],
    [t("fact.attempts"), formats.number(data.attempts)],
  ];
}

function transitFacts(event: ApiEvent, { t, formats }: Speech): readonly Fact[] {
  const data = stopVisitOf(event) ?? delayChangeOf(event);
  if (!data) return [];
  const visit = stopVisitOf(event);
  const change = delayChangeOf(event);
  return [
    [t("fact.line"), data.route_short_name ?? data.route_id],
    [
      t("fact.stop"),
      <ViewLink key="stop" to={{ open: { kind: "stop", stop_id: data.stop_id } }}>
        {data.stop_name ?? data.stop_id}
      </ViewLink>,
    ],
    [t("fact.vehicle"), data.vehicle_id],
    [t("fact.scheduled"), formats.clock(data.scheduled_at)],
    ...(visit ? [[t("fact.arrived"), formats.clockSeconds(visit.arrived_at)] as const] : []),
    ...(visit?.departed_at ? [[t("fact.departed"), formats.clockSeconds(visit.departed_at)] as const] : []),
    ...(change ? [[t("fact.delay-before"), t("delay", delayText(change.delay_before_s))] as const] : []),
    [t("fact.delay"), t("delay", delayText(data.delay_s))],
    ...(visit?.ended === "lost" ? [[t("fact.ended"), t("fact.ended.lost")] as const] : []),
  ];
}
