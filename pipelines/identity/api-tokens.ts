import { randomBytes } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { RIGHTS, type Right } from "@yardline/permission/rights";
import type { Records, Row } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Person } from "./account.ts";
import type { Accounts } from "./accounts.ts";
import { digestOf, newSecret } from "./secret-token.ts";

const KIND = "api-token";
/** `yl_` lets scanners of published code recognise one. */
const TOKEN = /^yl_([0-9a-f]{12})_([\w-]{43})$/;
const LASTS_DAYS_MAX = 366;
const DAY_MS = 86_400_000;
/** That it was used is written down once an hour. */
const TOUCH_MS = 3_600_000;

const ApiToken = Type.Object({
  login: Type.String(),
  what_for: Type.String({ minLength: 1, maxLength: 200 }),
  rights: Type.Array(Type.Enum([...RIGHTS]), { minItems: 1, maxItems: RIGHTS.length }),
  made_ms: Type.Integer(),
  expires_ms: Type.Integer(),
  used_ms: Type.Optional(Type.Integer()),
  digest: Type.String(),
});
type ApiToken = Static<typeof ApiToken>;

/** A token as people see it in a list. */
export type TokenNote = Omit<ApiToken, "digest"> & { readonly id: string };
export type TokenWish = Pick<ApiToken, "login" | "what_for" | "rights" | "expires_ms">;

/** What programs sign in with: some of the rights of one account, until a day. It does not outlive the account, nor its being locked. */
export class ApiTokens {
  readonly #records: Pick<Records, "find" | "list" | "write">;
  readonly #accounts: Pick<Accounts, "find">;

  constructor(records: Pick<Records, "find" | "list" | "write">, accounts: Pick<Accounts, "find">) {
    this.#records = records;
    this.#accounts = accounts;
  }

  /** @returns the token, shown once. @throws AppError `TOKEN_WRONG`; as `Records.write`. */
  async make(wish: TokenWish, now_ms: EpochMs): Promise<string> {
    const id = randomBytes(6).toString("hex");
    const token = `yl_${id}_${newSecret()}`;
    const value: ApiToken = { ...wish, made_ms: now_ms, digest: digestOf(token) };
    const lasts_ms = wish.expires_ms - now_ms;
    if (!Value.Check(ApiToken, value) || !(lasts_ms > 0 && lasts_ms <= LASTS_DAYS_MAX * DAY_MS)) {
      const message = `A token says what it is for, has a right or more, and ends within ${LASTS_DAYS_MAX} days.`;
      throw new AppError("TOKEN_WRONG", message);
    }
    await this.#records.write([{ kind: KIND, id, expected: 0, value }]);
    return token;
  }

  /** Whose it is, and for what; undefined for one that has expired, was taken back, or never was. */
  async find(
    token: string,
    now_ms: EpochMs,
  ): Promise<{ readonly person: Person; readonly only: readonly Right[]; readonly id: string } | undefined> {
    const id = TOKEN.exec(token)?.[1];
    const row = id === undefined ? undefined : await this.#records.find(KIND, id);
    if (!row || !Value.Check(ApiToken, row.value)) return undefined;
    const kept = row.value;
    // Both are digests of 256 random bits: how long comparing them takes tells nothing that helps.
    if (kept.digest !== digestOf(token) || now_ms >= kept.expires_ms) return undefined;
    const person = await this.#accounts.find(kept.login);
    if (!person || person.locked) return undefined;
    if (now_ms - (kept.used_ms ?? 0) >= TOUCH_MS) await this.#touch(row, { ...kept, used_ms: now_ms });
    return { person, only: kept.rights, id: row.id };
  }

  async list(): Promise<readonly TokenNote[]> {
    const rows = await this.#records.list(KIND);
    return rows.flatMap(({ id, value }) => {
      if (!Value.Check(ApiToken, value)) return [];
      const { digest: _, ...note } = value;
      return [{ ...note, id }];
    });
  }

  async revoke(id: string): Promise<void> {
    await this.#records.write([{ kind: KIND, id, value: undefined }]);
  }

  /** Of several at once one writes it; one that was taken back meanwhile stays so. */
  async #touch({ id, revision }: Row, value: ApiToken): Promise<void> {
    await this.#records.write([{ kind: KIND, id, expected: revision, value }]).catch(() => undefined);
  }
}
