import { lazy, Suspense, useMemo, useState } from "react";
import { listSegments } from "../../api/client.ts";
import { usePolling } from "../../api/polling.ts";
import type { ReportRow, SegmentCollection } from "../../api/types.ts";
import type { MessageKey } from "../../messages/translate.ts";
import { useSpeech } from "../../messages/use-speech.tsx";
import { MapBoundary } from "../../page/map-boundary.tsx";
import { MAP_MEASURES, type MapMeasure, type PlanView } from "../plan-view.ts";
import { Files } from "../report-page.tsx";
import { ReportRoom } from "../report-room.tsx";
import { reportPath } from "../reports.ts";
import { measuredSegments } from "./network-segments.ts";
import { SegmentList } from "./segment-list.tsx";
import { SCALES } from "./segment-scale.ts";
import "./network.css";

const NetworkMap = lazy(async () => ({ default: (await import("./network-map.tsx")).NetworkMap }));

/** What each measure means, as it stands over the map. */
const MEANS: Readonly<Record<MapMeasure, MessageKey>> = {
  delay: "network.delay.means",
  gained: "network.gained.means",
  speed: "network.speed.means",
};

type Change = (change: Partial<PlanView>, how?: "push" | "replace") => void;

/** Every segment of the network by how late, how much slower than planned or how fast buses are on it: on the map, and as a list. */
export function NetworkPage({ plan, onChange }: { readonly plan: PlanView; readonly onChange: Change }) {
  const { t } = useSpeech();
  return (
    <>
      <fieldset className="segments plan-measures" aria-label={t("network.measure")}>
        {MAP_MEASURES.map((measure) => (
          <button
            type="button"
            key={measure}
            aria-pressed={plan.measure === measure}
            onClick={() => onChange({ measure }, "push")}
          >
            {t(SCALES[measure].title)}
          </button>
        ))}
      </fieldset>
      <p className="plan-means">{t(MEANS[plan.measure])}</p>
      <ReportRoom path={reportPath("network", plan, "json")}>
        {({ rows }) => <Network rows={rows} plan={plan} onChange={onChange} />}
      </ReportRoom>
    </>
  );
}

const NO_WAYS: SegmentCollection = { type: "FeatureCollection", features: [] };

function Network({
  rows,
  plan,
  onChange,
}: {
  readonly rows: readonly ReportRow[];
  readonly plan: PlanView;
  readonly onChange: Change;
}) {
  const { t } = useSpeech();
  const ways = usePolling("segments", listSegments);
  const { measure, chosen } = plan;
  const segments = useMemo(
    () => measuredSegments(rows, ways.value ?? NO_WAYS, measure),
    [rows, ways.value, measure],
  );
  const [hovered, setHovered] = useState("");
  const choose = (id: string) => onChange({ chosen: id === chosen ? "" : id }, "replace");
  return (
    <>
      <div className="network">
        <MapBoundary>
          <Suspense fallback={<p className="map-room">{t("page.loading")}</p>}>
            <NetworkMap
              segments={segments}
              measure={measure}
              chosen={chosen}
              hovered={hovered}
              onChoose={choose}
              onHover={setHovered}
            />
          </Suspense>
        </MapBoundary>
        <SegmentList
          segments={segments}
          measure={measure}
          chosen={chosen}
          onChoose={choose}
          onHover={setHovered}
        />
      </div>
      <Files name="network" plan={plan} />
    </>
  );
}
