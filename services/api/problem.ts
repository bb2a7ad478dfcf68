import { STATUS_CODES } from "node:http";
import { AppError } from "@yardline/domain/errors";
import type { FastifyError, FastifySchemaValidationError } from "fastify";
import { type Static, Type } from "typebox";

/** What every refusal looks like. @see https://www.rfc-editor.org/rfc/rfc9457 */
export const Problem = Type.Object(
  {
    type: Type.String({ description: "urn:yardline:problem:{kind}, stable, for programs" }),
    title: Type.String({ description: "The status in words." }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: "For a person: what is wrong and how to mend it." }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          at: Type.Integer({ minimum: 0, description: "Where it begins, in UTF-16 units of `q`." }),
          length: Type.Integer({ minimum: 1 }),
          code: Type.String({ description: "Stable, for programs." }),
          message: Type.Object({ uk: Type.String(), ru: Type.String(), en: Type.String() }),
        }),
        { description: "What is wrong with the query, place by place." },
      ),
    ),
    fields: Type.Optional(
      Type.Array(
        Type.Object({
          at: Type.String({ description: "JSON pointer into what was sent; empty: the whole." }),
          message: Type.String(),
        }),
        { description: "What is wrong with a form, field by field." },
      ),
    ),
  },
  { $id: "Problem" },
);
export type Problem = Static<typeof Problem>;

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

/** An expected refusal together with its HTTP status. Its message is shown, whatever the status. */
export class Refusal extends AppError {
  readonly status: number;
  /** When asking again makes sense. */
  readonly retry_after_s: number | undefined;
  /** Where in a query or a form, when that is what is wrong. */
  readonly places: Pick<Problem, "errors" | "fields">;

  constructor(
    status: number,
    code: string,
    message: string,
    retry_after_s?: number,
    places: Pick<Problem, "errors" | "fields"> = {},
  ) {
    super(code, message, { retryable: retry_after_s !== undefined });
    this.status = status;
    this.retry_after_s = retry_after_s;
    this.places = places;
  }
}

/** By the code of an expected refusal: its status, or what is said instead of it. */
export type Statuses = Readonly<Record<string, number | ((message: string) => Refusal)>>;

/**
 * For a promise's `catch`: says no in words for the person who asked, where the code has a status.
 * @param otherwise is said of every other expected failure, whose words may hold what nobody should read, as an address with its password.
 * @throws Refusal of such a code; everything else as it was thrown.
 */
export function refuseBy(statuses: Statuses, otherwise?: () => Refusal): (thrown: unknown) => never {
  return (thrown) => {
    if (!(thrown instanceof AppError) || thrown instanceof Refusal) throw thrown;
    const { code } = thrown;
    const message = thrown.message.endsWith(".") ? thrown.message : `${thrown.message}.`;
    const said = Object.hasOwn(statuses, code) ? statuses[code] : otherwise;
    if (typeof said !== "number") throw said?.(message) ?? thrown;
    throw new Refusal(said, code, message);
  };
}

/** Errors of the ports that are the asker's to mend. Everything else that is thrown is ours. */
const ASKERS_FAULT: ReadonlySet<string> = new Set([
  "INDEX_CURSOR",
  "INDEX_QUERY",
  "BUS_POSITION",
  "HISTORY_QUERY",
  "HISTORY_GROUPS",
  "HISTORY_MEMORY",
  "REVIEW_PERIOD",
  "REVIEW_TOO_MUCH",
]);

const RETRY_AFTER_S = 5;

export type Answer = { readonly problem: Problem; readonly retry_after_s?: number };

/** What to answer for anything that was thrown. Of failures that are ours nothing but the status leaves the house. */
export function answerTo(thrown: unknown, request_id: string): Answer {
  if (thrown instanceof Refusal) {
    const { status, code, message, retry_after_s, places } = thrown;
    return {
      problem: { ...problemOf(status, code, message), ...places },
      ...(retry_after_s !== undefined && { retry_after_s }),
    };
  }
  if (thrown instanceof AppError) return answerToPort(thrown, request_id);
  if (isFastifyError(thrown)) return { problem: problemOfFastify(thrown) };
  return { problem: ours(500, request_id) };
}

export function problemOf(status: number, code: string, detail: string): Problem {
  return {
    type: `urn:yardline:problem:${kindOf(code)}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    detail,
  };
}

/** A code as programs read it: `CAMERA_UNKNOWN` is `camera-unknown`. */
export function kindOf(code: string): string {
  return code.toLowerCase().replaceAll("_", "-");
}

function answerToPort(error: AppError, request_id: string): Answer {
  if (ASKERS_FAULT.has(error.code)) return { problem: problemOf(400, error.code, error.message) };
  if (!error.retryable) return { problem: ours(500, request_id) };
  const detail = `This cannot be answered just now; try again in a moment. The log has it as request ${request_id}.`;
  return { problem: problemOf(503, "unavailable", detail), retry_after_s: RETRY_AFTER_S };
}

function ours(status: number, request_id: string): Problem {
  const detail = `Something went wrong on our side. The log has it as request ${request_id}.`;
  return problemOf(status, "internal", detail);
}

function isFastifyError(thrown: unknown): thrown is FastifyError & { readonly statusCode: number } {
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return false;
  return typeof thrown.statusCode === "number" && thrown.statusCode >= 400 && thrown.statusCode < 500;
}

function problemOfFastify(error: FastifyError & { readonly statusCode: number }): Problem {
  if (!error.validation) return problemOf(error.statusCode, error.code || "request", error.message);
  const where = WORDS[error.validationContext ?? ""] ?? "request";
  const wrong = error.validation.map((each) => `${where}${mistakeOf(each)}`).join("; ");
  return problemOf(400, "invalid-request", `${wrong}.`);
}

const WORDS: Readonly<Record<string, string>> = { querystring: "query", params: "path", headers: "header" };

function mistakeOf({ instancePath, message, params }: FastifySchemaValidationError): string {
  const extra = params["additionalProperty"];
  if (typeof extra === "string") return `: there is no parameter "${extra}"`;
  return `${instancePath.replaceAll("/", " ")}: ${message ?? "is wrong"}`;
}
