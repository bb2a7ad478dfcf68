import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { EdgeReport } from "./edge-report.ts";
import { SETTINGS_BYTES_MAX } from "./edge-settings.ts";
import { type Answer, openHttpsClient } from "./https-client.ts";
import type { Identity } from "./identity.ts";
import { packBatch, RELAYED, Receipt, type Relayed, type WireRecord } from "./wire.ts";

/** From sending a batch to its receipt: longer than the receiver may hold it back. */
const ANSWER_MS_MAX = 30_000;
/** Base64 and the signature around settings. */
const ANSWER_BYTES_MAX = 2 * SETTINGS_BYTES_MAX;
/** One for each topic, one for settings. */
const CONNECTIONS_MAX = RELAYED.length + 1;
const RETRY_AFTER_S_MAX = 60;

/** The region answered, and said no. */
export class RegionRefusal extends AppError {
  /** The region's own wish; undefined where it has none. */
  readonly wait_ms: number | undefined;

  constructor(code: string, message: string, wait_ms: number | undefined) {
    // Whatever it is, somebody can mend it there; nothing of ours is thrown away for it.
    super(code, message, { retryable: true });
    this.wait_ms = wait_ms;
  }
}

/** What an edge may ask of its region. Each call @throws AppError of `https-client.ts`, `RegionRefusal`. */
export type Region = {
  send(topic: Relayed, records: readonly WireRecord[], signal: AbortSignal): Promise<Receipt>;
  /** Signed settings other than `version`; undefined when there are none. */
  findSettings(version: number | undefined, signal: AbortSignal): Promise<string | undefined>;
  report(report: EdgeReport, signal: AbortSignal): Promise<void>;
  close(): void;
};

export type RegionOptions = {
  /** As https://region.example:8443. */
  readonly region: URL;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly answer_ms_max?: number;
};

export function openRegion({
  region,
  identity,
  clock,
  answer_ms_max = ANSWER_MS_MAX,
}: RegionOptions): Region {
  const client = openHttpsClient({
    ...{ origin: region, identity, expected: { role: "receiver" }, clock, answer_ms_max },
    ...{ answer_bytes_max: ANSWER_BYTES_MAX, connections_max: CONNECTIONS_MAX },
  });
  return {
    async send(topic, records, signal) {
      const body = await packBatch(records);
      const headers = { "content-type": "application/json", "content-encoding": "zstd" };
      const target = `/v1/records/${topic}`;
      const answer = await client.ask({ method: "POST", target, headers, body }, signal);
      if (answer.status !== 200) throw refusalOf(answer);
      const receipt = jsonOf(answer);
      if (Value.Check(Receipt, receipt)) return receipt;
      throw new RegionRefusal("RECEIPT_BROKEN", "The region's receipt cannot be read.", undefined);
    },
    async findSettings(version, signal) {
      const headers = version === undefined ? {} : { "if-none-match": `"${version}"` };
      const answer = await client.ask({ method: "GET", target: "/v1/settings", headers }, signal);
      if (answer.status === 304 || answer.status === 404) return undefined;
      if (answer.status !== 200) throw refusalOf(answer);
      return Buffer.from(answer.body).toString();
    },
    async report(report, signal) {
      const headers = { "content-type": "application/json" };
      const body = Buffer.from(JSON.stringify(report));
      const answer = await client.ask({ method: "PUT", target: "/v1/report", headers, body }, signal);
      if (answer.status !== 204) throw refusalOf(answer);
    },
    close: client.close,
  };
}

const Problem = Type.Object({ type: Type.String(), detail: Type.String() });

/** RFC 9457 as our doors write it; a proxy in between may answer anything. */
function refusalOf(answer: Answer): RegionRefusal {
  const problem = jsonOf(answer);
  const retry_after_s = Number(answer.headers["retry-after"]);
  const wait_ms = retry_after_s > 0 ? Math.min(retry_after_s, RETRY_AFTER_S_MAX) * 1000 : undefined;
  if (!Value.Check(Problem, problem)) {
    return new RegionRefusal("REGION_REFUSED", `The region answered with status ${answer.status}.`, wait_ms);
  }
  const kind = problem.type.replace(/^urn:yardline:problem:/, "");
  const code = answer.status === 413 ? "BATCH_TOO_LARGE" : kind.replaceAll("-", "_").toUpperCase();
  return new RegionRefusal(code, problem.detail, wait_ms);
}

function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
