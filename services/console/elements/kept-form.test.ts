import { expect, test } from "vitest";
import { fieldsOf } from "./kept-form.ts";

test.for([
  [
    '{"to":"Ivan Koval","medium":"drive 0042"}',
    [
      ["to", "Ivan Koval"],
      ["medium", "drive 0042"],
    ],
  ],
  ['{"to":7,"why":"a \\"name\\""}', [["why", 'a "name"']]],
  ["", []],
  ["null", []],
  ["{broken", []],
] as const)("what was kept of a form: %s", ([text, fields]) => {
  expect(fieldsOf(text)).toEqual(fields);
});
