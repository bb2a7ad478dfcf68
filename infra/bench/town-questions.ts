import type { YardlineEvent } from "@yardline/events/event";
import type { Condition, Field } from "@yardline/index/condition";
import type { EventIndex, EventQuery } from "@yardline/index/event-index";
import { cameraName, cameraPlace, lentVehicle, type Random, zoneName } from "./town-events.ts";

/** A town that was put into an index. */
export type Town = {
  readonly events: number;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly seed: number;
};

const PAGE = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

export type Asked = {
  readonly town: Town;
  readonly random: Random;
  /** One that is there. */
  readonly event: YardlineEvent;
};
/** @returns how many events or buckets the answer held. */
type Question = (index: EventIndex, asked: Asked) => Promise<number>;

/** An event to ask about. */
export async function someEvent(
  index: EventIndex,
  { from_ms, to_ms }: Town,
  random: Random,
): Promise<YardlineEvent> {
  const before_ms = to_ms - below(random, to_ms - from_ms - DAY_MS);
  const [event] = (await index.search({ to_ms: before_ms }, { limit: 1 })).events;
  if (!event) throw new Error("There is no event to ask about: the index is empty.");
  return event;
}

const is = (field: Field, value: string): Condition => ({ op: "is", field, values: [value] });
const all = (...of: readonly Condition[]): Condition => ({ op: "all", of: [is("tenant", "town"), ...of] });
const below = (random: Random, count: number): number => Math.floor(random() * count);
const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[below(random, items.length)] ?? items[0];

const weekIn = ({ from_ms, to_ms }: Town, random: Random) => spanIn(from_ms, to_ms, WEEK_MS, random);

function spanIn(from_ms: number, to_ms: number, length_ms: number, random: Random) {
  const begin_ms = from_ms + below(random, Math.max(1, to_ms - from_ms - length_ms));
  return { from_ms: begin_ms, to_ms: begin_ms + length_ms };
}

async function found(index: EventIndex, query: EventQuery, cursor?: string): Promise<number> {
  const page = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
  return (await index.search(query, page)).events.length;
}

const CAMERAS_ASKED = 20;
const CORNERS_ASKED = 4;

/** What a dispatcher asks; every question names the tenant, as the API's do. */
export const QUESTIONS: readonly (readonly [string, Question])[] = [
  [
    "camera, label, week",
    (index, { town, random }) => {
      const where = all(
        is("source", `camera/${cameraName(below(random, CAMERAS_ASKED))}`),
        is("label", pick(random, ["person", "car", "dog"])),
      );
      return found(index, { ...weekIn(town, random), where });
    },
  ],
  [
    "zone at night, month",
    (index, { town, random }) => {
      const span = spanIn(town.from_ms, town.to_ms, 30 * DAY_MS, random);
      const hours = { from_min: 22 * 60, to_min: 6 * 60, timezone: "Europe/Kyiv" };
      const zone = zoneName(below(random, CAMERAS_ASKED), below(random, CORNERS_ASKED));
      return found(index, { ...span, hours, where: all(is("zone", zone)) });
    },
  ],
  [
    "300 m around, all time",
    (index, { random }) => {
      const { latitude, longitude } = cameraPlace(below(random, CAMERAS_ASKED));
      const center = { latitude: latitude + 0.002 * random(), longitude: longitude + 0.002 * random() };
      return found(index, { where: all({ op: "circle", center, radius_m: 300 }) });
    },
  ],
  [
    "rare code, all time",
    (index, { random }) => found(index, { where: all({ op: "words", text: lentVehicle(random) }) }),
  ],
  [
    "two common words, week",
    (index, { town, random }) => {
      const text = pick(random, ["людина зона", "автобус запізнення", "car view", "остановка вулиця"]);
      return found(index, { ...weekIn(town, random), where: all({ op: "words", text }) });
    },
  ],
  [
    "hours of a label, month",
    async (index, { town, random }) => {
      const span = spanIn(town.from_ms, town.to_ms, 30 * DAY_MS, random);
      const where = all(is("label", pick(random, ["person", "car", "dog"])));
      const buckets = await index.histogram({ ...span, where }, { every: "hour", timezone: "Europe/Kyiv" });
      return buckets.length;
    },
  ],
  ["by id", async (index, { event }) => ((await index.get(event.occurrence)) ? 1 : 0)],
  [
    "four filters, all time",
    (index, { random }) => {
      const camera = below(random, CAMERAS_ASKED);
      const where = all(
        is("zone", zoneName(camera, 3)),
        is("label", pick(random, ["dog", "bus", "truck"])),
        is("type", "yard.presence"),
        { op: "measure", measure: "duration_s", min: 30 },
      );
      return found(index, { where });
    },
  ],
  [
    "deep page",
    (index, { random, event }) =>
      found(index, { where: all(is("label", pick(random, ["person", "car"]))) }, event.occurrence),
  ],
  [
    "neighbours in place and time",
    (index, { event }) => {
      const at_ms = Date.parse(event.time);
      const [latitude = 0, longitude = 0] = event.place?.slice("geo:".length).split(",").map(Number) ?? [];
      const circle: Condition = { op: "circle", center: { latitude, longitude }, radius_m: 500 };
      return found(index, {
        from_ms: at_ms - 10 * MINUTE_MS,
        to_ms: at_ms + 10 * MINUTE_MS,
        where: all(circle),
      });
    },
  ],
];
