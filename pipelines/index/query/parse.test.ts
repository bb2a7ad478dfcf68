import { expect, test } from "vitest";
import type { Condition, Field } from "../condition.ts";
import type { EventQuery } from "../event-index.ts";
import { parseQuery } from "./parse.ts";
import { NESTING_MAX, QUERY_LENGTH_MAX, VALUES_MAX } from "./problems.ts";

/** A Sunday, 14:00 in Kyiv. */
const NOW = { now_ms: Date.parse("2026-11-22T12:00:00Z"), timezone: "Europe/Kyiv" };

function parsed(text: string, now = NOW): EventQuery {
  const result = parseQuery(text, now);
  if (!result.ok)
    throw new Error(result.problems.map(({ at, message }) => `${at}: ${message.en}`).join("\n"));
  return result.query;
}

const is = (field: Field, ...values: string[]): Condition => ({ op: "is", field, values });
const words = (text: string): Condition => ({ op: "words", text });
const all = (...of: Condition[]): Condition => ({ op: "all", of });
const any = (...of: Condition[]): Condition => ({ op: "any", of });
const not = (of: Condition): Condition => ({ op: "not", of });

test.for<[string, Condition | undefined]>([
  ["", undefined],
  ["  ", undefined],
  ["label:person", is("label", "person")],
  ["LABEL:Person", is("label", "person")],
  ["label:person,dog", is("label", "person", "dog")],
  ["label:person zone:yard label:dog,person", all(is("label", "person", "dog"), is("zone", "yard"))],
  ["-label:dog -label:car", all(not(is("label", "dog")), not(is("label", "car")))],
  ['zone:"дитячий майданчик"', is("zone", "дитячий майданчик")],
  ["stop:«Площа Героїв»", is("stop", "Площа Героїв")],
  ["stop:„Ринок“,“Вокзал”", is("stop", "Ринок", "Вокзал")],
  [String.raw`zone:"a \"b\" \\ c"`, is("zone", String.raw`a "b" \ c`)],
  ["route:7 delay:>5m", all(is("route", "7"), { op: "measure", measure: "delay_s", min: 300.001 })],
  ["delay:<=90s", { op: "measure", measure: "delay_s", max: 90 }],
  ["delay:2m..10m", { op: "measure", measure: "delay_s", min: 120, max: 600 }],
  ["delay:<-1m30s", { op: "measure", measure: "delay_s", max: -90.001 }],
  ["duration:>=1.5h", { op: "measure", measure: "duration_s", min: 5400 }],
  ["duration:..2хв", { op: "measure", measure: "duration_s", max: 120 }],
  ["duration:=0s", { op: "measure", measure: "duration_s", min: 0, max: 0 }],
  ["near:50.45,30.52,300m", { op: "circle", center: { latitude: 50.45, longitude: 30.52 }, radius_m: 300 }],
  [
    "near:-50.45,30.52,1.5км",
    { op: "circle", center: { latitude: -50.45, longitude: 30.52 }, radius_m: 1500 },
  ],
  ["within:30.4,50.4,30.6,50.5", { op: "box", box: { west: 30.4, south: 50.4, east: 30.6, north: 50.5 } }],
  ["сумка червона", words("сумка червона")],
  ["text:сумка zone:yard червона", all(words("сумка червона"), is("zone", "yard"))],
  ['сумка "або  ні"', words("сумка або ні")],
  ['-сумка -"два слова"', all(not(words("сумка")), not(words("два слова")))],
  ['"today"', words("today")],
  ["останній автобус з ринку", words("останній автобус з ринку")],
  ["label:car or label:bus", any(is("label", "car"), is("label", "bus"))],
  ["a b or c", any(words("a b"), words("c"))],
  [
    "zone:yard (label:car or -label:bus)",
    all(is("zone", "yard"), any(is("label", "car"), not(is("label", "bus")))),
  ],
  ["label:car and zone:yard та сумка", all(is("label", "car"), is("zone", "yard"), words("сумка"))],
  ["label:car (label:bus)", all(is("label", "car"), is("label", "bus"))],
  ["-(label:car zone:yard)", not(all(is("label", "car"), is("zone", "yard")))],
  ["((label:car))", is("label", "car")],
  [
    "type:yard.loitering,camera.lost source:camera/yard-1",
    all(is("type", "yard.loitering", "camera.lost"), is("source", "camera/yard-1")),
  ],
  ["state:open severity:alarm,notice", all(is("state", "open"), is("severity", "alarm", "notice"))],
])("%s", ([text, where]) => {
  expect(parsed(text)).toEqual(where ? { where } : {});
});

const at = (local: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(NOW.timezone).epochMilliseconds;
const night = { from_min: 22 * 60, to_min: 6 * 60, timezone: NOW.timezone };
const morning = { from_min: 7 * 60, to_min: 9 * 60 + 30, timezone: NOW.timezone };

test.for<[string, EventQuery]>([
  ["today", { from_ms: at("2026-11-22"), to_ms: at("2026-11-23") }],
  ["yesterday", { from_ms: at("2026-11-21"), to_ms: at("2026-11-22") }],
  ["01.11.2026", { from_ms: at("2026-11-01"), to_ms: at("2026-11-02") }],
  ["2026-11-01..2026-11-07", { from_ms: at("2026-11-01"), to_ms: at("2026-11-08") }],
  ["01.11.2026–yesterday", { from_ms: at("2026-11-01"), to_ms: at("2026-11-22") }],
  ["2026-11-01..", { from_ms: at("2026-11-01") }],
  ["..2026-11-07", { to_ms: at("2026-11-08") }],
  ["2026-11-01T22:00..2026-11-02T06:30", { from_ms: at("2026-11-01T22:00"), to_ms: at("2026-11-02T06:30") }],
  ["2026-11-01T20:00:00.5Z..2026-11-02", { from_ms: at("2026-11-01T22:00:00.500"), to_ms: at("2026-11-03") }],
  ["since 13:30", { from_ms: at("2026-11-22T13:30") }],
  ["since 18:00", { from_ms: at("2026-11-21T18:00") }],
  ["since yesterday", { from_ms: at("2026-11-21") }],
  ["last 30 days", { from_ms: at("2026-10-23T14:00") }],
  ["last 90m", { from_ms: at("2026-11-22T12:30") }],
  ["last week", { from_ms: at("2026-11-15T14:00") }],
  ["yesterday 22:00..06:00", { from_ms: at("2026-11-21T22:00"), to_ms: at("2026-11-22T06:00") }],
  ["7:00-9:30 yesterday", { from_ms: at("2026-11-21T07:00"), to_ms: at("2026-11-21T09:30") }],
  ["yesterday 22:00..24:00", { from_ms: at("2026-11-21T22:00"), to_ms: at("2026-11-22") }],
  ["yesterday 00:00..24:00", { from_ms: at("2026-11-21"), to_ms: at("2026-11-22") }],
  ["00:00..24:00", {}],
  ["22:00..06:00", { from_ms: at("2026-10-24T22:00"), to_ms: at("2026-11-23T06:00"), hours: night }],
  ["07:00..09:30", { from_ms: at("2026-10-24"), to_ms: at("2026-11-23"), hours: morning }],
  [
    "2026-11-01..2026-11-07 22:00..06:00",
    { from_ms: at("2026-11-01T22:00"), to_ms: at("2026-11-08T06:00"), hours: night },
  ],
  [
    "2026-11-01..2026-11-07 07:00..09:30",
    { from_ms: at("2026-11-01"), to_ms: at("2026-11-08"), hours: morning },
  ],
  ["since 2026-11-20 07:00..09:30", { from_ms: at("2026-11-20"), to_ms: at("2026-11-23"), hours: morning }],
  ["last 3 days 07:00..09:30", { from_ms: at("2026-11-19T14:00"), to_ms: at("2026-11-23"), hours: morning }],
  ["sort:old", { order: "oldest" }],
  ["sort:new", {}],
  // The clocks were changed: the night has nine hours, the day before it 25.
  [
    "2026-10-24 22:00..06:00",
    { from_ms: Date.parse("2026-10-24T19:00:00Z"), to_ms: Date.parse("2026-10-25T04:00:00Z") },
  ],
  ["2026-10-25", { from_ms: Date.parse("2026-10-24T21:00:00Z"), to_ms: Date.parse("2026-10-25T22:00:00Z") }],
])("%s is a time or an order", ([text, query]) => {
  expect(parsed(text)).toEqual(query);
});

test.for([
  ["label:person zone:x yesterday", "мітка:людина зона:x вчора", "метка:человек зона:x вчера"],
  ["route:7 delay:>5m today", "маршрут:7 затримка:>5хв сьогодні", "маршрут:7 задержка:>5мин сегодня"],
  ["last 24h", "за останні 24 години", "за последние 24 часа"],
  ["last day", "остання доба", "последние сутки"],
  ["stop:x or camera:y", "зупинка:x або камера:y", "остановка:x или камера:y"],
  ["since 18:00 sort:old", "з 18:00 порядок:старі", "с 18:00 порядок:старые"],
  ["severity:alarm state:open", "важливість:тривога стан:відкрито", "важность:тревога состояние:открыто"],
  ["near:50,30,1km duration:<2h", "біля:50,30,1км тривалість:<2год", "около:50,30,1км длительность:<2ч"],
  ["label:car,dog", "об’єкт:машина,собака", "объект:машина,собака"],
])("%s is the same in three languages", ([en = "", uk = "", ru = ""]) => {
  expect(parsed(uk)).toEqual(parsed(en));
  expect(parsed(ru)).toEqual(parsed(en));
});

test.for<[string, string, string]>([
  [
    "zoen:x",
    "^^^^",
    "There is no field “zoen”. The nearest is zone:. If it is text, put it in quotation marks.",
  ],
  [
    "сумка міткка:x",
    "      ^^^^^^",
    "There is no field “міткка”. The nearest is мітка:. If it is text, put it in quotation marks.",
  ],
  ["label: x", "^^^^^^", "Nothing follows the colon: write label:person."],
  ['zone:""', "^^^^^^^", 'Nothing follows the colon: write zone:"…".'],
  ["tenant:x", "^^^^^^^^", "“tenant” is not asked about here: leave it out."],
  ["state:open,lost", "           ^^^^", "“lost” is none of these: open, updated, closed."],
  ["sort:up", "     ^^", "“up” is none of these: new, old."],
  ["sort:old sort:old", "         ^^^^^^^^", "This was said before: keep one of the two."],
  ["today yesterday", "      ^^^^^^^^^", "This was said before: keep one of the two."],
  ["07:00..08:00 09:00..10:00", "             ^^^^^^^^^^^^", "This was said before: keep one of the two."],
  ["delay:5m", "^^^^^^^^", "Compare it with a duration: delay:>5m, delay:<=90s or delay:2m..10m."],
  [
    "x duration:>5",
    "  ^^^^^^^^^^^",
    "Compare it with a duration: duration:>5m, duration:<=90s or duration:2m..10m.",
  ],
  ["delay:10m..2m", "^^^^^^^^^^^^^", "Compare it with a duration: delay:>5m, delay:<=90s or delay:2m..10m."],
  [
    "near:50.45,30.52",
    "^^^^^^^^^^^^^^^^",
    "Write latitude, longitude and a radius of at most 200 km: near:50.45,30.52,300m.",
  ],
  [
    "near:50.45,30.52,201km",
    "^^^^^^^^^^^^^^^^^^^^^^",
    "Write latitude, longitude and a radius of at most 200 km: near:50.45,30.52,300m.",
  ],
  [
    "within:31,50,30,51",
    "^^^^^^^^^^^^^^^^^^",
    "Write west, south, east and north in degrees: within:30.45,50.42,30.60,50.50.",
  ],
  ["a 2026-02-30", "  ^^^^^^^^^^", "There is no such date or time: “2026-02-30”."],
  ["25:00..06:00", "^^^^^^^^^^^^", "There is no such date or time: “25:00..06:00”."],
  ["2026-11-01..soon", "^^^^^^^^^^^^^^^^", "There is no such date or time: “2026-11-01..soon”."],
  ["18:00", "^^^^^", "One time of day is no span: write since 18:00 or 18:00..23:59."],
  ["2026-11-07..2026-11-01", "^^^^^^^^^^^^^^^^^^^^^^", "It ends before it begins: swap the two."],
  [
    "2020-01-01.. 22:00..06:00",
    "^^^^^^^^^^^^",
    "Hours of the day need at most 400 days: give a beginning, or a shorter time.",
  ],
  [
    "..2026-11-07 22:00..06:00",
    "^^^^^^^^^^^^",
    "Hours of the day need at most 400 days: give a beginning, or a shorter time.",
  ],
  [
    "(today)",
    " ^^^^^",
    "Time and order are about the whole query: move them out of the parentheses and drop the minus.",
  ],
  [
    "-yesterday",
    "^^^^^^^^^^",
    "Time and order are about the whole query: move them out of the parentheses and drop the minus.",
  ],
  [
    "a -sort:old",
    "  ^^^^^^^^^",
    "Time and order are about the whole query: move them out of the parentheses and drop the minus.",
  ],
  ["a !!!", "  ^^^", "There is no word in this: leave it out."],
  ["a - b", "  ^", "A minus stands right before what must not be: -label:dog."],
  ['a "b', "  ^^", "The quotation mark is not closed: add the closing one."],
  ["(a", "^", "The parenthesis is not closed: add the closing one."],
  ["a)", " ^", "This parenthesis closes nothing: leave it out."],
  ["a ()", "  ^", "There is nothing in the parentheses: leave them out."],
  ["or a", "^^", "There is nothing on one side of “or”: add it or leave the word out."],
  ["a або", "  ^^^", "There is nothing on one side of “або”: add it or leave the word out."],
  ["a or or b", "  ^^", "There is nothing on one side of “or”: add it or leave the word out."],
])("%s is refused where it is wrong", ([text, mark, message]) => {
  const result = parseQuery(text, NOW);
  const problems = result.ok ? [] : result.problems;
  const shown = problems.map(({ at: from, length, message: { en } }) => [
    " ".repeat(from) + "^".repeat(length),
    en,
  ]);
  expect(shown).toEqual([[mark, message]]);
  for (const language of ["uk", "ru"] as const) {
    expect(problems[0]?.message[language]).toMatch(/^[^{}]*\p{Script=Cyrillic}[^{}]*$/u);
  }
});

test("several problems are told at once, in the order of the text", () => {
  const result = parseQuery("zoen:x label: (", NOW);
  expect(result.ok ? [] : result.problems.map(({ at: from, code }) => [from, code])).toEqual([
    [0, "field-unknown"],
    [7, "value-missing"],
    [14, "parenthesis-open"],
  ]);
});

test.for([
  ["a long query", `${"a ".repeat(QUERY_LENGTH_MAX / 2)}b`, "too-long"],
  [
    "many values",
    `label:${Array.from({ length: VALUES_MAX + 1 }, (_, n) => `x${n}`).join(",")}`,
    "values-too-many",
  ],
  ["deep nesting", `${"(".repeat(NESTING_MAX + 1)}a${")".repeat(NESTING_MAX + 1)}`, "parenthesis-deep"],
])("%s is refused", ([, text = "", code]) => {
  const result = parseQuery(text, NOW);
  expect(result.ok ? [] : result.problems.map((each) => each.code)).toEqual([code]);
});

test("tenants may be asked about only where that is allowed", () => {
  expect(parseQuery("tenant:town", { ...NOW, tenants: true })).toEqual({
    ok: true,
    query: { where: is("tenant", "town") },
  });
});

test.for(["(", ")", '"', "-", "a", "..", "x:", "x: ", "1h", "last ", "delay:>1h", "or ", "2026-11-01.."])(
  "a long run of %s takes no longer than its length",
  (piece) => {
    const begin = performance.now();
    parseQuery(piece.repeat(QUERY_LENGTH_MAX).slice(0, QUERY_LENGTH_MAX), NOW);
    expect(performance.now() - begin).toBeLessThan(500);
  },
);
