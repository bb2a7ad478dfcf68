import { LANGUAGES } from "@yardline/events/event-type";
import { expect, test } from "vitest";
import { hoursIn, registerUrl, type SignFacts, signLines, signState, signVersion } from "./sign.ts";

const facts: SignFacts = {
  ...{ camera: "yard", purpose: "protection-of-property", legal_basis: "public-task" },
  ...{ controller: "Village council", retention_h: 72, contact: "rada@example.org" },
};
const version = signVersion(facts);
const posted = { posted_on: "2026-11-10", place: "At both gates" };

test("whatever the sign has to say otherwise gives it another version, and nothing else does", () => {
  expect(version).toMatch(/^[0-9A-F]{6}$/);
  const others: Partial<SignFacts>[] = [
    ...[
      { purpose: "road-traffic-safety" as const },
      { legal_basis: "consent" as const },
      { controller: "Other" },
    ],
    ...[{ retention_h: 24 }, { contact: "x@example.org" }, { officer: "Olena" }, { camera: "gate" }],
  ];
  const versions = others.map((each) => signVersion({ ...facts, ...each }));
  expect(new Set([version, ...versions]).size).toBe(others.length + 1);
  expect(signVersion({ ...facts })).toBe(version);
});

test.for<[string, Parameters<typeof signState>[0], string | undefined, string, string]>([
  ["nothing changed since", posted, undefined, "2026-11-30", "posted"],
  ["changed before it was put up", posted, "2026-11-09", "2026-11-30", "posted"],
  ["changed after", posted, "2026-11-11", "2026-11-30", "stale"],
  ["to be put up tomorrow", posted, undefined, "2026-11-09", "not-yet"],
  ["another version hangs there", { ...posted, version: "000000" }, undefined, "2026-11-30", "stale"],
  ["this very version hangs there", { ...posted, version }, "2026-11-29", "2026-11-30", "posted"],
  ["a recording", { not_needed: "Recorded material." }, "2026-11-29", "2026-11-30", "not-needed"],
])("%s: %s", ([, sign, changed_on, today, state]) => {
  expect(signState(sign, { version, changed_on, today })).toBe(state);
});

test("says what article 13 wants at first sight, in every language, and nothing of anonymity", () => {
  for (const language of LANGUAGES) {
    const lines = signLines({ ...facts, officer: "Olena" }, language);
    expect(lines).toHaveLength(8);
    expect(JSON.stringify(lines)).not.toMatch(/anonym|анонім|аноним/i);
  }
  expect(signLines(facts, "uk").map(({ name, text }) => `${name}: ${text}`)).toEqual([
    "Мета: Захист майна від пошкодження та крадіжок",
    "Правова підстава: Завдання в суспільних інтересах (GDPR, ст. 6(1)(e))",
    "Хто відповідає: Village council",
    "Звернення: rada@example.org",
    "Зберігання: 72 години",
    "Чого немає: Звук не записується. Облич і людей система не розпізнає.",
    "Ваші права: Доступ до запису з вами, виправлення, видалення, заперечення, скарга до органу нагляду.",
  ]);
});

test("hours as people say them", () => {
  expect([1, 2, 5, 11, 12, 21, 72, 111].map((hours) => hoursIn(hours, "ru"))).toEqual([
    ...["1 час", "2 часа", "5 часов", "11 часов", "12 часов", "21 час", "72 часа", "111 часов"],
  ]);
  expect([hoursIn(1, "en"), hoursIn(24, "uk")]).toEqual(["1 hour", "24 години"]);
});

test("a register's address is of one camera", () => {
  expect(registerUrl("https://town.example/", "yard 1")).toBe("https://town.example/public/cameras#yard%201");
});
