import { AppError, messageOf } from "@yardline/domain/errors";

/**
 * What DuckDB says when it cannot, by the beginning of its text. What is not listed is a fault of ours (wrong SQL): it is thrown
 * on, and ends the process.
 */
const FAILURES: readonly (readonly [RegExp, (said: string) => AppError])[] = [
  [/^INTERRUPT Error/, () => new AppError("HISTORY_CANCELLED", "It was cancelled.")],
  [/^Out of Memory Error/, outOfMemory],
  [
    /^IO Error: (Could not (write|create|sync)|Failed to write|Cannot open file ".*\.part")/,
    (said) =>
      new AppError("HISTORY_UNAVAILABLE", `A file of the history cannot be written now: ${said}`, {
        retryable: true,
      }),
  ],
  [
    /^IO Error: (No files found|Cannot open file)/,
    () =>
      new AppError("HISTORY_CHANGED", "A day was corrected in that moment; ask again.", { retryable: true }),
  ],
  [
    /^(IO|Invalid|Invalid Input|Serialization|Conversion|TransactionContext) Error/,
    (said) =>
      new AppError(
        "HISTORY_DAMAGED",
        `A file of the history cannot be read (${said}). Move it away or restore it from a backup.`,
      ),
  ],
];

export function outOfMemory(): AppError {
  return new AppError(
    "HISTORY_MEMORY",
    "That question needs more memory than the history may use; ask for fewer days or fewer groups.",
  );
}

/** @throws the error itself, where it is none that work on real files can bring about. */
export function failureOf(thrown: unknown): AppError {
  const said = messageOf(thrown).split("\n")[0] ?? "";
  const found = FAILURES.find(([pattern]) => pattern.test(said));
  if (found) return found[1](said);
  if (thrown instanceof Error && "syscall" in thrown) {
    return new AppError("HISTORY_UNAVAILABLE", `A file of the history cannot be used now: ${said}.`, {
      retryable: true,
    });
  }
  throw thrown;
}
