import { IntlMessageFormat } from "intl-messageformat";
import { expect, test } from "vitest";
import { compileMessage } from "./message.ts";

const said = (text: string, values?: Record<string, string | number>) =>
  new IntlMessageFormat(compileMessage(text), "uk-UA").format(values);

test("a text that asks for nothing stays as it is", () => {
  expect(compileMessage("Зупинка № 7 — # 100 %")).toBe("Зупинка № 7 — # 100 %");
});

test("what is compiled says the same", () => {
  expect(
    said("п'ять {count, plural, one {# рік} few {# роки} many {# років} other {# року}}", { count: 3 }),
  ).toBe("п'ять 3 роки");
  expect(said("'{'{name}'}'", { name: "<b>" })).toBe("{<b>}");
});

test("a text that is not ICU syntax ends the build", () => {
  expect(() => compileMessage("{count, plural, one {")).toThrow(SyntaxError);
});
