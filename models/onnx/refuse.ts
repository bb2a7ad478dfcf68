import { AppError } from "@yardline/domain/errors";

const SHOWN_CHARS_MAX = 200;

/** Words of a file that a stranger wrote: nothing of theirs may steer a terminal. */
export function printable(words: string): string {
  return words.slice(0, SHOWN_CHARS_MAX).replaceAll(/\p{Cc}/gu, "\uFFFD");
}

/** @throws AppError `MODEL_REFUSED`: it is an ONNX file, but of a kind that we run nothing of. */
export function refuse(why: string): never {
  const message = `this ONNX file is refused, and nothing of it was run: ${printable(why)}`;
  throw new AppError("MODEL_REFUSED", message);
}
