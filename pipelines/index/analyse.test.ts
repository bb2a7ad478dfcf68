import fc from "fast-check";
import { expect, test } from "vitest";
import { queryWordsOf, wordsOf } from "./analyse.ts";

test.for([
  ["сумка", "сумки сумку сумкою сумці сумок сумками"],
  ["зупинка", "зупинки зупинку зупинці зупинок зупинками"],
  ["ринок", "ринку ринком ринки ринків"],
  ["запізнення", "запізненню запізненням запізнень запізненні"],
  ["автобус", "автобуса автобусу автобусом автобуси автобусів автобусами"],
  ["вулиця", "вулиці вулицю вулицею вулиць"],
  ["двір", "двору дворі двором двори дворів"],
  ["дорога", "дороги дорозі дорогою дорогами"],
  ["хлопець", "хлопця хлопцю хлопцем хлопці"],
  ["трамвай", "трамвая трамваю трамваєм трамваї"],
  ["під'їзд", "під’їзду підʼїзді під`їздом підʼїздами"],
  ["шкільний", "шкільна шкільного шкільної шкільними шкільних"],
  ["остановка", "остановки остановке остановок остановками"],
  ["опоздание", "опоздания опозданию опозданием опозданий"],
  ["ёлка", "елка елки ёлку ёлок"],
  ["отец", "отца отцу отцом отцы"],
  ["красный", "красная красного красной красными"],
  ["stop", "stops stopped stopping"],
  ["bus", "buses bus's"],
  ["city", "cities"],
  ["minute", "minutes"],
  ["delay", "delays delayed"],
] as const)("%s is found in each of its forms", ([word, forms]) => {
  const expected = wordsOf(word);
  for (const form of forms.split(" ")) expect([form, ...wordsOf(form)]).toEqual([form, ...expected]);
});

test.for<[string, string]>([
  ["АВ 1234 ЕК", "AB 1234 EK"],
  ["К-3", "K-3"],
  ["12А", "12a"],
])("%s typed in Cyrillic and %s in Latin letters are the same code", ([cyrillic, latin]) => {
  expect(wordsOf(cyrillic)).toEqual(wordsOf(latin));
});

test("codes are kept whole and in parts, and looked for by prefix", () => {
  expect(wordsOf("Камера yard-1 бачить 0417-АВ")).toEqual([
    "камер",
    "yard",
    "1",
    "yard1",
    "бачит",
    "0417",
    "ab",
    "0417ab",
  ]);
  expect(queryWordsOf("yard-1 бачить 0417-А")).toEqual([
    { word: "yard1", prefix: true },
    { word: "бачит", prefix: false },
    { word: "0417a", prefix: true },
  ]);
});

test("stress, case, width and punctuation make no difference", () => {
  expect(wordsOf("ЗА́МОК, Ｓｔｏｐ! «замок»…")).toEqual(["замк", "stop", "замк"]);
  expect(wordsOf(" — … !")).toEqual([]);
});

test("whatever a text says, asking for it finds it, and no word could pass for a tag", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const words = wordsOf(text);
      for (const { word, prefix } of queryWordsOf(text)) {
        expect(words.some((each) => (prefix ? each.startsWith(word) : each === word))).toBe(true);
      }
      expect(words.filter((word) => !/^[\p{L}\p{N}\p{M}]+$/u.test(word))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
