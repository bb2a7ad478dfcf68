import { expect, test } from "vitest";
import { readTownConfig } from "./config.ts";
import { whoseIn } from "./whose-settings.ts";

const TOWN = `
town:
  name: Kaminka
  tenant: kaminka
  districts:
    - { id: north, name: Північний, settlements: [{ name: Верхня, katottg: UA18040000000012345 }] }
  partners:
    - { id: osbb-7, name: ОСББ «Затишок», gives: [live-on-alarm], until: "2027-06-30T21:00:00Z" }
`;
const camera = (more: string) => `${TOWN}
cameras:
  - { id: hall, name: Hall, file: hall.mp4, purpose: protection-of-property, legal_basis: legitimate-interest,
      retention_h: 24, mask: { form: none-needed, reason: Nothing private in view. },
      sign: { not_needed: Nobody comes here. }, ${more} }
`;

test("a camera is in its district, and a partner's with what the agreement gives", () => {
  const { town, cameras = [] } = readTownConfig(
    camera('controller: "ОСББ «Затишок»", district: north, partner: osbb-7'),
    "town.yaml",
  );
  const [hall] = cameras;
  expect(hall && whoseIn(town)(hall)).toEqual({
    district: "north",
    partner: {
      id: "osbb-7",
      name: "ОСББ «Затишок»",
      gives: ["live-on-alarm"],
      until: "2027-06-30T21:00:00Z",
    },
  });
});

test.for<[string, string]>([
  ["controller: Рада, district: south", 'the town has no district "south"'],
  ["controller: Рада, partner: shop", 'the town has no partner "shop"'],
  ["controller: Рада, partner: osbb-7", "it is ОСББ «Затишок»'s, so its controller is ОСББ «Затишок» too"],
])("refused: %s", ([more, why]) => {
  expect(() => readTownConfig(camera(more), "town.yaml")).toThrow(why);
});
