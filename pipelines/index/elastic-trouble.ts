import { errors } from "@elastic/elasticsearch";
import { AppError, messageOf } from "@yardline/domain/errors";

/** What Elasticsearch says is wrong, about a request or about one item of it. */
export type Trouble = { readonly status: number; readonly type: string; readonly reason: string };

/** Longest reason that is passed on: enough to act on. */
const REASON_LENGTH_MAX = 300;

/** Trouble that the document itself is: nothing that anybody does to the cluster will make it fit. */
const OF_THE_DOCUMENT = new Set([
  "document_parsing_exception",
  "mapper_parsing_exception",
  "strict_dynamic_mapping_exception",
  "illegal_argument_exception",
]);
/** Trouble that the question itself is. */
const OF_THE_QUESTION = new Set(["parsing_exception", "query_shard_exception", "x_content_parse_exception"]);
/** What passes by itself: too much at once, a node that is going or coming. */
const PASSING_STATUS = new Set([408, 429, 500, 502, 503, 504]);

const MEND: readonly (readonly [pattern: RegExp, mend: string])[] = [
  [
    /flood-stage|read-only-allow-delete/,
    "its disk is nearly full: free space on the nodes, the block goes by itself",
  ],
  [/cluster_block_exception/, "its indices are blocked: look at their settings under index.blocks"],
  [/index_closed_exception/, "an index is closed: open it again (POST NAME/_open), or delete it"],
  [/maximum .*shards/, "it has all the shards it may have: raise cluster.max_shards_per_node, or add a node"],
  [
    /index_not_found_exception/,
    "it makes no index: our template is gone; start Yardline again to restore it",
  ],
  [/security_exception/, "it does not let us in: look at user, API key and role"],
  [/es_rejected_execution_exception/, "it has more to do than it can: wait, or add nodes"],
  [
    /shard|allocat|search_phase/,
    "some shards cannot be reached (red): ask GET _cluster/allocation/explain why",
  ],
];

/** Never keeps the client's own error as its cause: that holds the connection, login included. */
export function unavailable(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const trouble = troubleOf(thrown);
  if (trouble) return unavailableOf(trouble);
  const why = messageOf(thrown).split("\n", 1)[0];
  return new AppError("INDEX_UNAVAILABLE", `Elasticsearch cannot be reached: ${why}.`, { retryable: true });
}

/** @param index named in the message where one is known. */
export function unavailableOf(trouble: Trouble, index?: string): AppError {
  const { status, type, reason } = trouble;
  const where = index === undefined ? "Elasticsearch" : `Elasticsearch (${index})`;
  if (OF_THE_QUESTION.has(type)) {
    return new AppError("INDEX_QUERY", `${where} does not take the question: ${shortened(reason)}`);
  }
  const [, mend] = MEND.find(([pattern]) => pattern.test(`${type} ${reason}`)) ?? [];
  const why = mend ?? `${type} (${status}) ${shortened(reason)}`.trim();
  return new AppError("INDEX_UNAVAILABLE", `${where} does not do it: ${why}.`, { retryable: true });
}

/** What the server answered, or undefined where there was no answer at all. */
export function troubleOf(thrown: unknown): Trouble | undefined {
  if (!(thrown instanceof errors.ResponseError)) return undefined;
  const { statusCode: status = 0, body } = thrown;
  const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  const [cause] = Array.isArray(error["root_cause"]) ? error["root_cause"] : [];
  const named = isRecord(cause) ? cause : error;
  return {
    status,
    type: String(named["type"] ?? error["type"] ?? `HTTP ${status}`),
    reason: shortened(String(named["reason"] ?? error["reason"] ?? "")),
  };
}

/** Whether the same request may be taken in a moment; without an answer it may. */
export function isPassing(trouble: Trouble | undefined): boolean {
  return trouble === undefined || PASSING_STATUS.has(trouble.status);
}

/** Why a document can never be taken, or undefined where it is not the document's fault. */
export function faultOf({ status, type, reason }: Trouble): string | undefined {
  if (status !== 400 || !OF_THE_DOCUMENT.has(type)) return undefined;
  // What the field held is nobody's business in a log.
  return `${type}: ${shortened(reason.replace(/ ?Preview of field's value.*/s, ""))}`;
}

function shortened(reason: string): string {
  return reason.length > REASON_LENGTH_MAX ? `${reason.slice(0, REASON_LENGTH_MAX)}…` : reason;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
