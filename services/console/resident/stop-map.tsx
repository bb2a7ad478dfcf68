import { useMemo } from "react";
import { getTown } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import { serverNow_ms } from "../api/server-clock.ts";
import type { LatLon, Town } from "../api/types.ts";
import { TownMap } from "../map/town-map.tsx";
import { useSpeech } from "../messages/use-speech.tsx";
import { TownProvider, useTownData } from "../page/use-town.tsx";

/** The lines of a stop and their buses. */
export function StopMap(asked: {
  readonly stop_id: string;
  readonly place: LatLon;
  readonly routes: readonly string[];
}) {
  const { t } = useSpeech();
  const town = usePolling("town", getTown);
  if (!town.value) return <p className="resident-more">{t("page.loading")}</p>;
  return <OfTown {...asked} town={town.value} />;
}

function OfTown({
  stop_id,
  place: { latitude, longitude },
  routes,
  town,
}: Parameters<typeof StopMap>[0] & { readonly town: Town }) {
  const data = useTownData(town, serverNow_ms, false);
  const { value } = data.lines;
  const own = routes.join("\n");
  const lines = useMemo(() => {
    const ids = new Set(own.split("\n"));
    const features = value?.features.filter(({ properties }) => ids.has(properties.route_id));
    return value && features ? { value: { ...value, features } } : {};
  }, [value, own]);
  const focus = useMemo(() => ({ latitude, longitude }), [latitude, longitude]);
  return (
    <TownProvider value={useMemo(() => ({ ...data, lines }), [data, lines])}>
      <TownMap focus={focus} covered={false} stop_id={stop_id} onStop={toStop} onCamera={nothing} />
    </TownProvider>
  );
}

/** Cameras are none of a passenger's business: none is on this map. */
const nothing = () => undefined;
const toStop = (stop_id: string) => location.assign(`/stops/${encodeURIComponent(stop_id)}`);
