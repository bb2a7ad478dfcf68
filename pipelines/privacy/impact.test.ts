import { LANGUAGES } from "@yardline/events/event-type";
import { expect, test } from "vitest";
import { markdownOf } from "./document.ts";
import { impactAssessment } from "./impact.ts";
import { processingRegister, registerDocument } from "./processing-register.ts";
import type { CameraFacts, TownFacts } from "./town-facts.ts";

const yard: CameraFacts = {
  ...{ id: "yard", name: "Yard", place: { latitude: 49.84, longitude: 24.03 }, recorded: false },
  ...{ watches_for: ["presence", "left-object"], recording: "continuous" },
  record: {
    ...{
      purpose: "protection-of-property",
      legal_basis: "public-task",
      controller: "Council",
      retention_h: 96,
    },
    retention_reason: "Two break-ins under investigation.",
    mask: { form: "none-needed", reason: "Only the council's own yard." },
    sign: { posted_on: "2026-11-30", place: "Gate" },
  },
};
const { retention_reason: _, ...plain } = yard.record;
const gate: CameraFacts = {
  ...{ ...yard, id: "gate", name: "Gate" },
  record: { ...plain, retention_h: 72, mask: { form: "burnt-in", polygons: [] } },
};
const town: TownFacts = {
  name: "Вишневе",
  contact: { contact: "rada@example.org" },
  cameras: [yard, gate],
  recipients: [],
};

test("an assessment says what is done, by what right, what is open, and leaves to people what is theirs", () => {
  for (const language of LANGUAGES) {
    const text = markdownOf(impactAssessment(town, language));
    for (const said of ["Yard (yard)", "Two break-ins", "privacy.officer", "privacy.site", "yard.presence"]) {
      expect(text).toContain(said.replace("_", "\\_"));
    }
    expect(text).not.toContain("privacy.contact");
    expect(text).not.toMatch(/anonym|анонім|аноним|GDPR compliant|КСЗІ/i);
  }
  const open = impactAssessment(town, "en").parts.find(({ heading }) => heading.startsWith("6."))?.text;
  expect(open).toEqual([
    "No data protection officer is stated (privacy.officer)",
    "It is not stated where the register of cameras is open (privacy.site)",
    "yard: keeps more than 72 hours; see whether the reason still holds",
    "yard: has no masks; see by a new still that nothing private is in view",
  ]);
});

test("cameras of one controller, purpose, basis and time are one activity of the register", () => {
  const { columns, rows } = processingRegister(
    { ...town, cameras: [yard, gate, { ...gate, id: "back" }] },
    "en",
  );
  expect(rows.map((row) => [row[1], row[6], row[11]])).toEqual([
    ["Council", "Yard (yard)", "96 hours. Two break-ins under investigation."],
    ["Council", "Gate (gate); Gate (back)", "72 hours"],
  ]);
  for (const language of LANGUAGES) {
    expect(processingRegister(town, language).columns).toHaveLength(columns.length);
    expect(registerDocument(town, language).parts).toHaveLength(3);
  }
});
