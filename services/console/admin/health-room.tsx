import { getHealth } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import type { Health } from "../api/types.ts";
import { Asked } from "../elements/asked.tsx";
import { Badge } from "../elements/badge.tsx";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { byUrgency, isSaidWhole, isTold, type Part, told } from "./health.ts";
import { SECTION_FORMS } from "./sections.ts";

const HEALTH_MS = 5_000;

/** How every part of the town is, and what to do about what is not well. */
export function HealthRoom() {
  const { t } = useSpeech();
  const health = usePolling("health", getHealth, HEALTH_MS);
  return (
    <>
      <p className="room-lead">{t("health.lead")}</p>
      <Asked polled={health}>{(value) => <Parts health={value} />}</Asked>
    </>
  );
}

function Parts({ health: { healthy, parts } }: { readonly health: Health }) {
  const { t } = useSpeech();
  const ordered = byUrgency(parts);
  const still = ordered.filter(({ running }) => !running);
  const seenTo = ordered.filter(isTold);
  const running = ordered.filter((part) => !isTold(part));
  if (parts.length === 0) return <Notice icon="list" title={t("health.none")} />;
  return (
    <>
      <p className={`boxed boxed-${still.length === 0 ? "good" : healthy ? "warn" : "bad"}`} role="status">
        <strong>
          {still.length === 0 && t("health.well")}
          {still.length > 0 && healthy && t("health.some", { count: still.length })}
          {!healthy && t("health.down", { count: still.filter(({ required }) => required).length })}
        </strong>
      </p>
      {seenTo.length > 0 && (
        <section className="room-part" aria-labelledby="health-still">
          <h2 id="health-still">{t("health.still")}</h2>
          <ul className="rows">
            {seenTo.map((part) => (
              <StillRow key={part.name} part={part} />
            ))}
          </ul>
        </section>
      )}
      {running.length > 0 && (
        <section className="room-part" aria-labelledby="health-running">
          <h2 id="health-running">{t("health.running")}</h2>
          <ul className="rows">
            {running.map((part) => (
              <li key={part.name}>
                <p className="row-head">
                  <PartName part={part} />
                  <span className="row-end">
                    <Badge tone="good">{t("health.runs")}</Badge>
                  </span>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function StillRow({ part }: { readonly part: Part }) {
  const { t } = useSpeech();
  const { says, todo } = told(part);
  return (
    <li>
      <p className="row-head">
        <PartName part={part} />
        <span className="row-end">
          {part.running ? (
            <Badge tone="warn">{t("health.attention")}</Badge>
          ) : (
            <Badge tone={part.required ? "bad" : "warn"} icon="alert">
              {t(part.required ? "health.stops-all" : "health.stands")}
            </Badge>
          )}
        </span>
      </p>
      {says && <p>{t(says, valuesOf(part, t))}</p>}
      <p className={says ? "row-note" : ""}>{t(todo)}</p>
      {part.detail && !isSaidWhole(part) && (
        <p className="row-note">
          {t("health.says")}{" "}
          <span className="code" lang="en" dir="auto">
            {part.detail}
          </span>
        </p>
      )}
    </li>
  );
}

/** Sections by their titles; everything else as the town gives it. */
function valuesOf({ values = {} }: Part, t: ReturnType<typeof useSpeech>["t"]) {
  const { sections } = values;
  if (typeof sections !== "string") return values;
  const titles = sections.split(", ").map((id) => {
    const title = SECTION_FORMS[id]?.title;
    return title ? t(title) : id;
  });
  return { ...values, sections: titles.join(", ") };
}

function PartName({ part }: { readonly part: Part }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const { name, of } = told(part);
  const shown = name === "part.camera" ? (findCamera(of)?.name ?? of) : of;
  return (
    <strong>
      {t(name)}
      {shown !== "" && (
        <>
          {" "}
          <bdi>{shown}</bdi>
        </>
      )}
    </strong>
  );
}
