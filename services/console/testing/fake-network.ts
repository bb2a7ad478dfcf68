import type {
  Arrival,
  Camera,
  Line,
  LineCollection,
  StopCollection,
  VehicleCollection,
} from "../api/types.ts";

type LonLat = readonly [number, number];
const CENTER: LonLat = [30.312, 50.2115];

/** Three lines through the middle of an invented town; a stop each fifth corner. */
export const LINES: readonly (Line & { readonly path: readonly LonLat[] })[] = [
  { ...line("r1", "1", "Вокзал — Новобудови", "1f77b4"), path: wave(0.026, 0.006, 0.2) },
  { ...line("r2", "2А", "Лікарня — Ринок — Дачі", "d62728"), path: wave(0.02, -0.011, 1.4) },
  { ...line("r3", "10", "Школа № 3 — Елеватор", "f2c037"), path: wave(0.007, 0.017, 2.6) },
];

const NAMES = [
  "Вокзал",
  "Школа № 3",
  "Ринок",
  "Залізничний вокзал",
  "Парк",
  "Пошта",
  "Стадіон",
  "Аптека",
  "Елеватор",
  "Лікарня",
];

function line(
  route_id: string,
  route_short_name: string,
  route_long_name: string,
  route_color: string,
): Line {
  return { route_id, route_short_name, route_long_name, route_color };
}

function wave(east: number, north: number, phase: number): LonLat[] {
  return Array.from({ length: 41 }, (_, at) => {
    const along = (at - 20) / 20;
    const bend = Math.sin(along * 3 + phase) * 0.0035;
    return [CENTER[0] + along * east + bend * north * 60, CENTER[1] + along * north + bend] as const;
  });
}

const isStop = (_: LonLat, at: number) => at % 5 === 0;
const stopIdOf = (line: number, at: number) => `s${line * 9 + at}`;

export const fakeLines = (): LineCollection => ({
  type: "FeatureCollection",
  features: LINES.map(({ path, ...properties }, of) => ({
    type: "Feature",
    geometry: { type: "MultiLineString", coordinates: [path] },
    properties: { ...properties, stop_ids: path.filter(isStop).map((_, at) => stopIdOf(of, at)) },
  })),
});

export const fakeStops = (): StopCollection => ({
  type: "FeatureCollection",
  features: LINES.flatMap(({ path }, of) =>
    path.filter(isStop).map((coordinates, at) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates },
      properties: { stop_id: stopIdOf(of, at), stop_name: NAMES[(of * 4 + at) % NAMES.length] ?? "" },
    })),
  ),
});

/** Buses that drive to and fro on the lines; the last one has been silent for five minutes and is on no trip. */
export function fakeVehicles(now_ms: number, count = 8): VehicleCollection {
  const vehicles = Array.from({ length: count }, (_, at) => {
    const { path, route_id, route_short_name, route_color } =
      LINES[at % LINES.length] ?? LINES[0] ?? failed();
    const silent = at === 7;
    const along = (((silent ? 0 : now_ms / 1000) * 0.06 + at * 11) % 80) - 40;
    const place = Math.abs(along);
    const [here, there] = [path[Math.floor(place)] ?? CENTER, path[Math.ceil(place)] ?? CENTER];
    const part = place % 1;
    const way = along < 0 ? -1 : 1;
    const course =
      (Math.atan2((there[0] - here[0]) * way * 0.64, (there[1] - here[1]) * way) * 180) / Math.PI;
    return {
      type: "Feature" as const,
      geometry: {
        type: "Point" as const,
        coordinates: [here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part] as const,
      },
      properties: {
        vehicle_id: `AA 10${40 + at}`,
        at: new Date(now_ms - (silent ? 300_000 : 3_000)).toISOString(),
        ...(!silent && { speed_mps: 8.2, course_deg: (course + 360) % 360 }),
        ...(!silent && { route_id, route_short_name, route_color, trip_id: `trip-${at}` }),
        ...(!silent && { headsign: way > 0 ? "Новобудови" : "Вокзал", delay_s: at * 60 - 90, stop_id: "s3" }),
      },
    };
  });
  return { type: "FeatureCollection", features: vehicles };
}

export function fakeArrivals(now_ms: number): readonly Arrival[] {
  const at = (minutes: number) => new Date(now_ms + minutes * 60_000).toISOString();
  const reason = {
    uk: "Автобус AA 1042 був за 900 м від зупинки 8 с тому; решта шляху — за розкладом із його запізненням.",
    ru: "Автобус AA 1042 был в 900 м от остановки 8 с назад; остаток пути — по расписанию с его опозданием.",
    en: "Bus AA 1042 was 900 m before the stop 8 s ago; the rest of the way follows the timetable with its delay.",
  };
  const common = { service_date: "20261122", stop_sequence: 3, reason };
  return [
    {
      ...common,
      ...lineOf(0),
      headsign: "Новобудови",
      trip_id: "t1",
      vehicle_id: "AA 1042",
      scheduled_at: at(2),
      predicted_at: at(4.4),
      low: at(3.2),
      high: at(5.9),
      delay_s: 145,
      basis: "live",
      signal_at: at(-0.1),
    },
    {
      ...common,
      ...lineOf(1),
      headsign: "Дачне товариство «Світанок»",
      trip_id: "t2",
      scheduled_at: at(11),
      predicted_at: at(11),
      delay_s: 0,
      basis: "timetable",
    },
    {
      ...common,
      ...lineOf(2),
      headsign: "Елеватор",
      trip_id: "t3",
      vehicle_id: "AA 1077",
      scheduled_at: at(9),
      predicted_at: at(15),
      low: at(8),
      high: at(26),
      delay_s: 360,
      basis: "lost",
      signal_at: at(-6),
    },
    {
      ...common,
      ...lineOf(0),
      headsign: "Новобудови",
      trip_id: "t4",
      scheduled_at: at(72),
      predicted_at: at(72),
      delay_s: 0,
      basis: "timetable",
    },
  ];
}

function lineOf(at: number) {
  const { route_id, route_short_name, route_color } = LINES[at] ?? failed();
  return { route_id, route_short_name, route_color };
}

function failed(): never {
  throw new Error("no such line");
}

export const fakeCameras = (now_ms: number): readonly Camera[] => [
  {
    ...{ id: "yard", name: "Двір, вул. Садова 4", place: { latitude: 50.2115, longitude: 30.312 } },
    ...{
      purpose: "Охорона спільного майна",
      legal_basis: "Рішення зборів співвласників № 7",
      controller: "ОСББ «Садова 4»",
    },
    ...{ retention_h: 72, mask_form: "burnt-in", recorded: true, state: "watching" },
    since: new Date(now_ms - 3_600_000).toISOString(),
  },
  {
    ...{ id: "gate", name: "В'їзд", place: { latitude: 50.2142, longitude: 30.3185 } },
    ...{ purpose: "Контроль в'їзду", legal_basis: "Рішення виконкому № 112", controller: "Громада Верба" },
    ...{ retention_h: 24, mask_form: "none-needed", recorded: false, state: "lost" },
    since: new Date(now_ms - 1_800_000).toISOString(),
    reason: "The camera is silent; trying again every 30 s.",
  },
];
