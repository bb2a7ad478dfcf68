import type { MessageKey } from "../messages/translate.ts";

type Words = { readonly key: MessageKey; readonly values: Readonly<Record<string, string>> };

/** The town's sentences in the words of the page; what follows from them alone stays in the language of the log. */
const SENTENCES: readonly (readonly [sentence: RegExp, key: MessageKey])[] = [
  [/^is missing$/, "wrong.missing"],
  [/^must be (?:>=|at least) (?<number>[\d.]+)/, "wrong.least"],
  [/^must be <= (?<number>[\d.]+)/, "wrong.most"],
  [/^must be (?:integer|number)/, "wrong.number"],
  [/^must not have fewer than (?<number>\d+) /, "wrong.short"],
  [/^must not have more than (?<number>\d+) /, "wrong.long"],
  [/^must be: /, "wrong.form"],
  [/^must match /, "wrong.form"],
  [/^must be one of /, "wrong.choice"],
  [/no time zone "(?<text>[^"]*)"/, "wrong.timezone"],
  [/is there twice$/, "wrong.twice"],
  [/^leads to this machine/, "wrong.near"],
  [/^is typed here;/, "wrong.file"],
  [/^is typed again,/, "wrong.again"],
  [/^port (?<number>\d+) is taken by/, "wrong.port"],
  [/there is no camera "(?<text>[^"]*)"/, "wrong.camera"],
  [/must be https:\/\//, "wrong.https"],
];

/** Undefined where the page has no words of its own. */
export function problemWords(message: string): Words | undefined {
  for (const [sentence, key] of SENTENCES) {
    const found = sentence.exec(message);
    if (found) return { key, values: { ...found.groups } };
  }
  return undefined;
}
