import { LANGUAGES } from "@yardline/events/event-type";
import type { SignFacts } from "@yardline/privacy/sign";
import { expect, test } from "vitest";
import { documentPdf } from "./document-pdf.ts";
import { signPdf } from "./sign-pdf.ts";

const made_ms = Date.parse("2026-11-30T12:00:00Z");
const facts: SignFacts = {
  ...{ camera: "yard", purpose: "protection-of-property", legal_basis: "public-task", retention_h: 72 },
  ...{ controller: "Вишнівська сільська рада", contact: "rada@example.org", site: "https://town.example" },
};

/** Pages and embedded fonts, as the file itself says. */
function looked(pdf: Uint8Array) {
  const text = Buffer.from(pdf).toString("latin1");
  return {
    head: text.slice(0, 5),
    pages: [...text.matchAll(/\/Type \/Page\b(?!s)/g)].length,
    fonts: new Set([...text.matchAll(/\/FontName \/[A-Z]{6}\+(\S+)/g)].map(([, name]) => name)),
  };
}

test("a sign is one sheet with its own letters in it, in every language", async () => {
  for (const language of LANGUAGES) {
    const pdf = await signPdf(facts, { language, name: "Двір школи", made_ms });
    expect(looked(pdf)).toEqual({
      head: "%PDF-",
      pages: 1,
      fonts: new Set(["DejaVuSans", "DejaVuSans-Bold"]),
    });
    expect(pdf.byteLength).toBeLessThan(120_000);
  }
});

test("a long controller, and no register, still make one sheet", async () => {
  const { site: _, ...without } = facts;
  const long = { ...without, controller: "Рада ".repeat(39), officer: "Офіс ".repeat(39) };
  expect(looked(await signPdf(long, { language: "uk", name: "Двір", made_ms })).pages).toBe(1);
});

test("a document with a table runs over as many sheets as it needs", async () => {
  const rows = Array.from({ length: 120 }, (_, at) => [`Камера ${at}`, "Захист майна"]);
  const parts = [
    {
      heading: "1. Що робиться",
      text: ["Камери знімають двори."],
      table: { columns: ["Камера", "Мета"], rows },
    },
  ];
  const { pages, fonts } = looked(await documentPdf({ title: "Оцінка", parts }, { language: "uk", made_ms }));
  expect([pages > 1, fonts.has("DejaVuSans")]).toEqual([true, true]);
});
