import type { LatLon, LineCollection, StopCollection } from "../api/types.ts";

/** Metres around a place that its little map shows, and its side in its own units. */
export const AROUND_M = 300;
export const SIDE = 200;

const M_PER_DEGREE = 111_320;

/** Where a place is on the map around another: x to the east and y to the south, 0 to `SIDE`. Near the town a degree is as long everywhere. */
export function placedAround(
  center: LatLon,
): (longitude: number, latitude: number) => readonly [number, number] {
  const scale = SIDE / (2 * AROUND_M);
  const narrower = Math.cos((center.latitude * Math.PI) / 180);
  return (longitude, latitude) => [
    SIDE / 2 + (longitude - center.longitude) * M_PER_DEGREE * narrower * scale,
    SIDE / 2 - (latitude - center.latitude) * M_PER_DEGREE * scale,
  ];
}

export type Around = {
  /** Lines that go through, as SVG paths in their colour. */
  readonly lines: readonly { readonly route_id: string; readonly color: string; readonly path: string }[];
  readonly stops: readonly {
    readonly stop_id: string;
    readonly name: string;
    readonly at: readonly [number, number];
  }[];
};

/** What of the network is around a place. */
export function networkAround(
  center: LatLon,
  lines: LineCollection | undefined,
  stops: StopCollection | undefined,
): Around {
  const placed = placedAround(center);
  const isIn = ([x, y]: readonly [number, number]) => x >= 0 && x <= SIDE && y >= 0 && y <= SIDE;
  return {
    lines: (lines?.features ?? []).flatMap(({ geometry, properties: { route_id, route_color } }) => {
      const path = geometry.coordinates
        .map((shape) => shape.map(([longitude, latitude]) => placed(longitude, latitude)))
        .filter(crosses)
        .map((points) => `M${points.map((point) => point.map(round).join(" ")).join("L")}`)
        .join("");
      return path === "" ? [] : [{ route_id, color: route_color, path }];
    }),
    stops: (stops?.features ?? []).flatMap(({ geometry, properties: { stop_id, stop_name } }) => {
      const [longitude, latitude] = geometry.coordinates;
      const at = placed(longitude, latitude);
      return isIn(at) ? [{ stop_id, name: stop_name, at: [round(at[0]), round(at[1])] as const }] : [];
    }),
  };
}

/** Whether any leg may be seen: its box meets the map. What is cut off the map's edge cuts. */
function crosses(points: readonly (readonly [number, number])[]): boolean {
  return points.some((to, at) => {
    const from = points[at - 1];
    return (
      from !== undefined &&
      [0, 1].every((axis) => {
        const [one, other] = [from[axis] ?? 0, to[axis] ?? 0];
        return Math.max(one, other) >= 0 && Math.min(one, other) <= SIDE;
      })
    );
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
