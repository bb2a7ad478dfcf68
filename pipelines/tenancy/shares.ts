import { randomBytes } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { digestOf, newSecret } from "@yardline/identity/secret-token";
import type { Records, Row } from "@yardline/records/records";
import { Value } from "typebox/value";
import { type Agreed, isInForce, Share } from "./share.ts";

const KIND = "share";
const TOKEN = /^yls_([0-9a-f]{12})_([\w-]{43})$/;
/** More neighbours and lines than any region has. */
const SHARES_MAX = 1_000;

/** A share as people see it: whoever reads the list cannot use it. */
export type ShareNote = Omit<Share, "digest"> & { readonly id: string };

/** The agreements of everybody on one store. What is asked is answered out of Records each time, so that one that was ended gives nothing from then on. */
export class Shares {
  readonly #records: Pick<Records, "find" | "list" | "write">;

  constructor(records: Pick<Records, "find" | "list" | "write">) {
    this.#records = records;
  }

  /**
   * @returns the token for the other side's box, shown once.
   * @throws AppError `SHARE_WRONG`, `SHARES_FULL`; as `Records.write`.
   */
  async make(
    from: Share["from"],
    agreed: Agreed,
    now_ms: EpochMs,
  ): Promise<{ note: ShareNote; token: string }> {
    if (agreed.to.tenant === from.tenant) throw new AppError("SHARE_WRONG", "A neighbour is another tenant.");
    if (!isInForce(agreed, now_ms))
      throw new AppError("SHARE_WRONG", "It would be over already: `until` is past.");
    if ((await this.#records.list(KIND)).length >= SHARES_MAX) {
      throw new AppError("SHARES_FULL", `There are ${SHARES_MAX} agreements; more are not kept.`);
    }
    const id = randomBytes(6).toString("hex");
    const token = `yls_${id}_${newSecret()}`;
    const value: Share = { ...agreed, from, made_ms: now_ms, digest: digestOf(token) };
    await this.#records.write([{ kind: KIND, id, expected: 0, value }]);
    return { note: noteOf(id, value), token };
  }

  /** What a token opens now; undefined for one that opens nothing, or no longer. */
  async find(token: string, now_ms: EpochMs): Promise<ShareNote | undefined> {
    const id = TOKEN.exec(token)?.[1];
    const row = id === undefined ? undefined : await this.#records.find(KIND, id);
    const share = row && shareOf(row);
    // Both are digests of 256 random bits: how long comparing them takes tells nothing that helps.
    if (!row || !share || share.digest !== digestOf(token) || !isInForce(share, now_ms)) return undefined;
    return noteOf(row.id, share);
  }

  /** Those that a tenant gives or is given, ended ones included. */
  async list(tenant: string): Promise<readonly ShareNote[]> {
    const rows = await this.#records.list(KIND);
    return rows.flatMap((row) => {
      const share = shareOf(row);
      const isTheirs = share?.from.tenant === tenant || share?.to.tenant === tenant;
      return share && isTheirs ? [noteOf(row.id, share)] : [];
    });
  }

  /**
   * Either side may end it, for good.
   * @throws AppError `SHARE_UNKNOWN`, also for one between others; `RECORDS_CONFLICT` where somebody else just did.
   */
  async end(id: string, tenant: string, ended: NonNullable<Share["ended"]>): Promise<ShareNote> {
    const row = await this.#records.find(KIND, id);
    const share = row && shareOf(row);
    if (!row || !share || (share.from.tenant !== tenant && share.to.tenant !== tenant)) {
      throw new AppError("SHARE_UNKNOWN", "There is no such agreement.");
    }
    if (share.ended) return noteOf(id, share);
    const value: Share = { ...share, ended };
    await this.#records.write([{ kind: KIND, id, expected: row.revision, value }]);
    return noteOf(id, value);
  }
}

function shareOf({ value }: Row): Share | undefined {
  return Value.Check(Share, value) ? value : undefined;
}

function noteOf(id: string, { digest: _, ...share }: Share): ShareNote {
  return { ...share, id };
}
