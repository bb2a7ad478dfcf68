/**
 * An expected failure that a caller can act on. `message` is for a person: what is wrong and how to mend it.
 * Programmer errors are `assert` failures and crash instead.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  /** Upper-case words of one stable list a room, e.g. `CAMERA_UNREACHABLE`; low-cardinality, so fit for a metric label. */
  readonly code: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The text to show for anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
