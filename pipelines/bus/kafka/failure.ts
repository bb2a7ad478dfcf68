import { AppError, messageOf } from "@yardline/domain/errors";

/** What the Kafka client throws; its classes are told apart by these fields, which all of them may have. */
type ClientError = Error & { readonly type?: string; readonly cause?: unknown };

/** The broker's own code, as `MESSAGE_TOO_LARGE`, or the client's name for what happened to the connection. */
export function kindOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return "UNKNOWN";
  const { type, name, cause }: ClientError = thrown;
  if (typeof type === "string") return type;
  return name === "KafkaJSNumberOfRetriesExceeded" || name === "KafkaJSNonRetriableError"
    ? cause === undefined
      ? name
      : kindOf(cause)
    : name;
}

const REFUSED: Readonly<Record<string, string>> = {
  KafkaJSSASLAuthenticationError: "Check the user, the password and the mechanism.",
  TOPIC_AUTHORIZATION_FAILED: "Let the user read and write the topics.",
  GROUP_AUTHORIZATION_FAILED: "Let the user read as this group.",
  CLUSTER_AUTHORIZATION_FAILED: "Let the user write idempotently.",
};

/** Any failure of the client as one that a caller can act on. Only what a person must mend is not worth another try. */
export function failureOf(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const kind = kindOf(thrown);
  const said = messageOf(thrown).replace(/\.$/, "");
  const mend = REFUSED[kind];
  if (mend !== undefined)
    return new AppError("BUS_REFUSED", `Kafka refuses: ${said}. ${mend}`, { cause: thrown });
  if (kind === "UNKNOWN_TOPIC_OR_PARTITION") {
    // For a moment that is also what a broker says that was just restarted, or that has not heard of a new topic yet.
    const why = "Kafka does not have all of our topics (yet); if that stays so, run ./yardline topics apply.";
    return new AppError("BUS_TOPICS", why, { retryable: true, cause: thrown });
  }
  return new AppError("BUS_UNAVAILABLE", `Kafka cannot be used now: ${said}.`, {
    retryable: true,
    cause: thrown,
  });
}
