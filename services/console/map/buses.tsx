import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { listVehicles } from "../api/client.ts";
import { usePolling } from "../api/polling.ts";
import type { VehicleCollection } from "../api/types.ts";
import { useTown } from "../page/use-town.tsx";
import { BusCard } from "./bus-card.tsx";
import { BusSign } from "./bus-sign.tsx";
import { type Fleet, moveFleet, seeFleet } from "./fleet.ts";
import { reducedMotion } from "./use-map.ts";

const VEHICLES_MS = 2_000;
/** Some twenty pictures a second look smooth at a bus's speed and leave an old phone its battery. */
const FRAME_MS = 48;

/** The buses, gliding from where they were shown to where they were last seen. */
export function Buses({ map }: { readonly map: MapLibre }) {
  const { value } = usePolling("vehicles", listVehicles, VEHICLES_MS);
  const { now_ms } = useTown();
  const [opened, setOpened] = useState<string>();
  const fleet = useFleet(map, value);
  const vehicles = value?.features.map(({ properties }) => properties) ?? [];
  const found = vehicles.find(({ vehicle_id }) => vehicle_id === opened);
  return (
    <>
      {vehicles.map((vehicle) => {
        const bus = fleet.get(vehicle.vehicle_id);
        if (!bus) return null;
        const isOpened = vehicle === found;
        const sign = (
          <BusSign
            vehicle={vehicle}
            now_ms={now_ms()}
            opened={isOpened}
            onOpen={() => setOpened(isOpened ? undefined : vehicle.vehicle_id)}
          />
        );
        return createPortal(sign, bus.marker.getElement(), vehicle.vehicle_id);
      })}
      {found && <BusCard vehicle={found} now_ms={now_ms()} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** The markers of the buses, moved outside of React. */
function useFleet(map: MapLibre, seen: VehicleCollection | undefined): Fleet {
  const [fleet, setFleet] = useState<Fleet>(new Map());
  const current = useRef(fleet);

  useEffect(() => {
    if (!seen) return;
    current.current = seeFleet(map, current.current, seen, performance.now(), !reducedMotion());
    setFleet(current.current);
  }, [map, seen]);

  useEffect(() => {
    let frame = 0;
    let drawn = 0;
    const draw = (now: number) => {
      frame = requestAnimationFrame(draw);
      if (now - drawn < FRAME_MS) return;
      moveFleet(current.current, drawn, now);
      drawn = now;
    };
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      for (const { marker } of current.current.values()) marker.remove();
      current.current = new Map();
    };
  }, []);

  return fleet;
}
