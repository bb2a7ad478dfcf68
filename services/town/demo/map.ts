import { alongRoad, alongStreets, crossing, type Point } from "./streets.ts";

/** Everything here is invented: «Вигадів» is made of "to invent". Stop names are what such towns have. */
export const PLACES: Readonly<Record<string, { readonly name: string; readonly point: Point }>> = {
  vokzal: { name: "Вокзал", point: crossing(-6, -3) },
  elevator: { name: "Елеватор", point: crossing(-4, -3) },
  depo: { name: "Депо", point: crossing(-4, -1) },
  rynok: { name: "Ринок", point: crossing(-2, -1) },
  poshta: { name: "Пошта", point: crossing(0, -1) },
  ploshcha: { name: "Центральна площа", point: crossing(0, 0) },
  biblioteka: { name: "Бібліотека", point: crossing(2, 0) },
  likarnia: { name: "Лікарня", point: crossing(2, 2) },
  stadion: { name: "Стадіон", point: crossing(4, 2) },
  shkola1: { name: "Школа № 1", point: crossing(6, 2) },
  zavod: { name: "Завод «Уявмаш»", point: crossing(6, 4) },
  pivnichnyi: { name: "Північний мікрорайон", point: crossing(-1, 5) },
  shkola2: { name: "Школа № 2", point: crossing(-1, 3) },
  dytsadok: { name: "Дитсадок «Казка»", point: crossing(0, 2) },
  park: { name: "Парк", point: crossing(0, -3) },
  muzychna: { name: "Музична школа", point: crossing(2, -3) },
  ozero: { name: "Озеро", point: crossing(2, -5) },
  sadova: { name: "Садова вулиця", point: crossing(-6, 3) },
  himnaziia: { name: "Гімназія", point: crossing(-4, 3) },
  teplytsi: { name: "Теплиці", point: crossing(-4, 1) },
  apteka: { name: "Аптека", point: crossing(-2, 1) },
  avtostantsiia: { name: "Автостанція", point: crossing(-2, -3) },
  khlibozavod: { name: "Хлібозавод", point: crossing(4, -3) },
  promzona: { name: "Промзона", point: crossing(6, -3) },
  rada: { name: "Міська рада", point: crossing(0, 1) },
  klub: { name: "Будинок культури", point: crossing(2, 4) },
  novobudovy: { name: "Новобудови", point: crossing(4, 4) },
  nebuvalka: { name: "Небувалка, центр", point: [-5000, 700] },
  nebuvalka_shkola: { name: "Небувалка, школа", point: [-4300, 250] },
  ferma: { name: "Ферма", point: [-3100, -550] },
  mlyn: { name: "Млин", point: [2900, 700] },
  kazkove: { name: "Казкове, крамниця", point: [4100, 1300] },
  kazkove_klub: { name: "Казкове, клуб", point: [4800, 1150] },
  dachi: { name: "Дачі", point: [1150, -2250] },
  stavok: { name: "Ставок", point: [1000, -3100] },
  uiavne: { name: "Уявне, переїзд", point: [1600, -4100] },
  uiavne_klub: { name: "Уявне, клуб", point: [1700, -4800] },
};

type DrawnLine = {
  readonly route_id: string;
  readonly short_name: string;
  readonly color: string;
  readonly buses: number;
  readonly night?: boolean;
  readonly path: readonly Point[];
  readonly places: readonly string[];
};

const STATION_TO_FACTORY = {
  path: alongStreets([
    [-6, -3],
    [-4, -3],
    [-4, -1],
    [0, -1],
    [0, 0],
    [2, 0],
    [2, 2],
    [6, 2],
    [6, 4],
  ]),
  places: "vokzal elevator depo rynok poshta ploshcha biblioteka likarnia stadion shkola1 zavod".split(" "),
};

/** Four town lines and two village lines by day, with twenty buses; one line by night. */
export const LINES: readonly DrawnLine[] = [
  { route_id: "1", short_name: "1", color: "C62828", buses: 5, ...STATION_TO_FACTORY },
  {
    route_id: "2",
    short_name: "2",
    color: "1565C0",
    buses: 3,
    path: alongStreets([
      [-1, 5],
      [-1, 3],
      [0, 3],
      [0, -3],
      [2, -3],
      [2, -5],
    ]),
    places: "pivnichnyi shkola2 dytsadok ploshcha poshta park muzychna ozero".split(" "),
  },
  {
    route_id: "3",
    short_name: "3",
    color: "2E7D32",
    buses: 4,
    path: alongStreets([
      [-6, 3],
      [-4, 3],
      [-4, 1],
      [-2, 1],
      [-2, -3],
      [6, -3],
    ]),
    places: "sadova himnaziia teplytsi apteka rynok avtostantsiia park muzychna khlibozavod promzona".split(
      " ",
    ),
  },
  {
    route_id: "4",
    short_name: "4",
    color: "6A1B9A",
    buses: 3,
    path: alongStreets([
      [-2, -3],
      [-2, 1],
      [2, 1],
      [2, 4],
      [6, 4],
    ]),
    places: "avtostantsiia rynok apteka rada likarnia klub novobudovy zavod".split(" "),
  },
  {
    route_id: "5",
    short_name: "5",
    color: "EF6C00",
    buses: 3,
    path: [
      ...alongRoad([
        [-5000, 700],
        [-4300, 250],
        [-3700, 150],
        [-3100, -550],
        [-2500, -700],
        crossing(-7, -3),
        crossing(-6, -3),
      ]),
      ...alongStreets([
        [-6, -3],
        [-4, -3],
        [-4, -1],
        [0, -1],
        [0, 0],
        [6, 0],
      ]),
      ...alongRoad([crossing(6, 0), [2300, 350], [2900, 700], [3400, 1100], [4100, 1300], [4800, 1150]]),
    ],
    places:
      "nebuvalka nebuvalka_shkola ferma vokzal elevator rynok ploshcha biblioteka mlyn kazkove kazkove_klub".split(
        " ",
      ),
  },
  {
    route_id: "6",
    short_name: "6",
    color: "00838F",
    buses: 2,
    path: [
      ...alongRoad([
        [1700, -4800],
        [1600, -4100],
        [1100, -3700],
        [1000, -3100],
        [1300, -2700],
        [1150, -2250],
        crossing(2, -6),
        crossing(2, -5),
      ]),
      ...alongStreets([
        [2, -5],
        [2, -3],
        [-2, -3],
      ]),
    ],
    places: "uiavne_klub uiavne stavok dachi ozero muzychna park avtostantsiia".split(" "),
  },
  { route_id: "N1", short_name: "Н1", color: "37474F", buses: 2, night: true, ...STATION_TO_FACTORY },
];
