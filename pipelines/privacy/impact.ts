import { CATALOGUE } from "@yardline/events/catalogue";
import type { Language } from "@yardline/events/event-type";
import { RETENTION_PLAIN_H } from "./camera-record.ts";
import type { PlainDocument, Table } from "./document.ts";
import { IMPACT_TEXTS, type ImpactTexts, RISKS } from "./impact-texts.ts";
import { LEGAL_BASIS_TEXTS, PURPOSE_TEXTS } from "./purposes.ts";
import { hoursIn } from "./sign.ts";
import type { CameraFacts, TownFacts } from "./town-facts.ts";

/**
 * A data protection impact assessment out of the settings that the system runs on (GDPR article 35(7)): what is done, why it is needed, what
 * could go wrong, what is done against it, and what is still open. What only people can judge is left to them, by name.
 */
export function impactAssessment(facts: TownFacts, language: Language): PlainDocument {
  const texts = IMPACT_TEXTS[language];
  return {
    title: `${texts.title}: ${facts.name}`,
    parts: [
      {
        heading: texts.description,
        text: [texts.system],
        table: camerasTable(facts.cameras, texts, language),
      },
      { heading: texts.necessity, table: necessityTable(facts.cameras, texts, language) },
      { heading: texts.lifetimes, table: lifetimesTable(texts, language) },
      {
        heading: texts.recipients,
        text: [facts.recipients.length > 0 ? facts.recipients.join("; ") : texts.none],
      },
      {
        heading: texts.risks,
        table: {
          columns: texts.risk_columns,
          rows: RISKS.map((risk) => [risk.risk[language], risk.measure[language], ""]),
        },
      },
      { heading: texts.open, text: openPoints(facts, texts) },
      { heading: texts.people, text: texts.left_to_people },
    ],
  };
}

function camerasTable(cameras: readonly CameraFacts[], texts: ImpactTexts, language: Language): Table {
  return {
    columns: texts.camera_columns,
    rows: cameras.map(({ id, name, place, record, watches_for, recording }) => [
      `${name} (${id})`,
      place ? `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}` : texts.unplaced,
      PURPOSE_TEXTS[record.purpose][language],
      watches_for.length > 0 ? watches_for.join(", ") : texts.none,
      texts.recording[recording],
    ]),
  };
}

function necessityTable(cameras: readonly CameraFacts[], texts: ImpactTexts, language: Language): Table {
  return {
    columns: texts.necessity_columns,
    rows: cameras.map(({ id, record: { legal_basis, controller, retention_h, retention_reason, mask } }) => [
      id,
      LEGAL_BASIS_TEXTS[legal_basis][language],
      controller,
      [hoursIn(retention_h, language), ...(retention_reason === undefined ? [] : [retention_reason])].join(
        ". ",
      ),
      mask.form === "none-needed" ? `${texts.masks[mask.form]} ${mask.reason}` : texts.masks[mask.form],
    ]),
  };
}

function lifetimesTable(texts: ImpactTexts, language: Language): Table {
  const kinds = CATALOGUE.filter(({ type }) => !type.startsWith("transit."));
  return {
    columns: texts.lifetime_columns,
    rows: kinds.map(({ type, retention: { media_h, personal_h, skeleton_days, personal } }) => [
      type,
      media_h > 0 ? hoursIn(media_h, language) : texts.none,
      personal.length > 0 ? `${hoursIn(personal_h, language)}: ${personal.join(", ")}` : texts.none,
      `${skeleton_days}`,
    ]),
  };
}

/** What somebody has to see to before anybody signs. */
function openPoints({ cameras, contact }: TownFacts, texts: ImpactTexts): readonly string[] {
  const long = cameras.filter(({ record }) => record.retention_h > RETENTION_PLAIN_H);
  const points = [
    ...(contact.contact === undefined ? [texts.no_contact] : []),
    ...(contact.officer === undefined ? [texts.no_officer] : []),
    ...(contact.site === undefined ? [texts.no_site] : []),
    ...long.map(({ id }) => `${id}: ${texts.long_retention}`),
    ...cameras.flatMap(({ id, record: { mask } }) =>
      mask.form === "none-needed" ? [`${id}: ${texts.unmasked}`] : [],
    ),
  ];
  return points.length > 0 ? points : [texts.none];
}
