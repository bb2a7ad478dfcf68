import { IntlMessageFormat } from "intl-messageformat";

/** A text as it stands, or the parts of one that asks for values. */
export type Message = string | ReturnType<IntlMessageFormat["getAst"]>;

/** Whether a text says itself: it asks for nothing, and nothing in it is quoted. */
export const saysItself = (text: string): boolean => !/[{}'<]/.test(text);

/**
 * What the build leaves of a text in ICU syntax, so that no phone has to read that syntax.
 * @throws SyntaxError where it is not ICU syntax
 */
export const compileMessage = (text: string): Message =>
  saysItself(text) ? text : new IntlMessageFormat(text, "en").getAst();
