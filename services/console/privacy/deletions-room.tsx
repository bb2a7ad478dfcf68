import { listHolds } from "../api/administration.ts";
import { usePolling } from "../api/polling.ts";
import { Badge } from "../elements/badge.tsx";
import { When } from "../elements/when.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { useTown } from "../page/use-town.tsx";
import { usePlace, ViewLink } from "../page/use-view.tsx";
import type { DeskPlace } from "../page/view.ts";
import { type Deletion, deletionOf } from "./deletion.ts";
import { LogForm } from "./log-form.tsx";
import { LogPages } from "./log-pages.tsx";
import { LogProof } from "./log-proof.tsx";
import { formatLog, type LogView, parseLog } from "./log-view.ts";

/** What went when its time was over, by which rule, and what a hold kept; each row is an entry of the chained log. */
export function DeletionsRoom({ at }: { readonly at: DeskPlace }) {
  const { t } = useSpeech();
  const { go } = usePlace();
  const { from, to, object_id } = parseLog(at.search);
  const view: LogView = {
    action: "delete",
    ...(from && { from }),
    ...(to && { to }),
    ...(object_id && { object_id }),
  };
  const show = (next: LogView) =>
    go({ at: { desk: "privacy", path: "/deletions", search: formatLog(next) } }, "replace");
  return (
    <>
      <p className="room-lead">{t("deletion.lead")}</p>
      <Held />
      <LogForm key={at.search} view={view} onShow={show}>
        <label className="field">
          {t("part.camera")}
          <input name="object_id" defaultValue={view.object_id} maxLength={200} spellCheck={false} />
        </label>
      </LogForm>
      <LogPages view={view} none={t("deletion.none")}>
        {(entries) => (
          <ul className="rows">
            {entries.map((entry) => (
              <DeletionRow key={entry.seq} deletion={deletionOf(entry)} />
            ))}
          </ul>
        )}
      </LogPages>
      <LogProof />
    </>
  );
}

function DeletionRow({ deletion }: { readonly deletion: Deletion }) {
  const { t } = useSpeech();
  const { findCamera } = useTown();
  const { seq, at, camera, period, rule, things, counted, before, holds, isEarly } = deletion;
  const name = camera === undefined ? period : (findCamera(camera)?.name ?? camera);
  return (
    <li>
      <p className="row-head">
        <strong>
          {t(camera === undefined ? "deletion.events" : "part.camera")} <bdi>{name}</bdi>
        </strong>
        <span>{t(counted, { count: things })}</span>
        {isEarly && (
          <Badge tone="warn" icon="alert">
            {t("deletion.early")}
          </Badge>
        )}
        <span className="row-end quiet">
          <When at={at} />
        </span>
      </p>
      <p>{t(rule)}</p>
      <p className="row-note">
        {before !== undefined && (
          <>
            {t("deletion.before")} <When at={before} /> ·{" "}
          </>
        )}
        {holds > 0 && <>{t("deletion.kept", { count: holds })} · </>}
        {t("log.number", { seq })}
      </p>
    </li>
  );
}

/** What is not deleted although its time is over. */
function Held() {
  const { t } = useSpeech();
  const holds = usePolling("holds", listHolds);
  const standing = holds.value?.filter(({ state }) => state === "holding" || state === "ends-soon") ?? [];
  if (standing.length === 0) return null;
  return (
    <p className="boxed">
      <span>
        {t("deletion.held", { count: standing.length })}{" "}
        <ViewLink to={{ at: { desk: "privacy", path: "/holds", search: "" } }}>{t("room.holds")}</ViewLink>
      </span>
    </p>
  );
}
