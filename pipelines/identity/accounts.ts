import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import type { Change, Records, Row } from "@yardline/records/records";
import type { Sealer } from "@yardline/secrets/sealer";
import {
  ACCOUNT_KIND,
  type Account,
  type AccountChange,
  accountChanged,
  accountOf,
  changed,
  checked,
  type Person,
  personOf,
} from "./account.ts";
import { hashPassword, isPassword, NOBODYS } from "./password.ts";
import { newRecoveryCodes, withoutCode } from "./recovery.ts";
import { factorSecret, sealFactor } from "./seal-factors.ts";
import { digestOf } from "./secret-token.ts";
import { stepOf } from "./totp.ts";

/** Latin only: two logins that look alike must not be two people. */
const LOGIN = /^[a-z0-9][a-z0-9._@-]{0,62}$/;
/** Which account is whose at the town's provider: their id is a digest of issuer and subject. */
const OUTSIDE = "account-outside";
/** A second factor that was shown is confirmed within so long, or shown anew. */
const OFFER_MS = 15 * 60_000;

export type Credentials = { readonly login: string; readonly password: string; readonly code?: string };

/** The accounts of one store. Passwords and secrets never leave it. */
export class Accounts {
  readonly #records: Pick<Records, "find" | "list" | "write">;
  readonly #sealer: Sealer;

  /** @param sealer for the secrets of second factors. */
  constructor(records: Pick<Records, "find" | "list" | "write">, sealer: Sealer) {
    this.#records = records;
    this.#sealer = sealer;
  }

  async find(login: string): Promise<Person | undefined> {
    const row = await this.#row(login);
    return row && personOf(row);
  }

  /** Everybody, by login. */
  async list(): Promise<readonly Person[]> {
    return (await this.#records.list(ACCOUNT_KIND)).map(personOf);
  }

  /** @throws AppError `ACCOUNT_WRONG`, `ACCOUNT_EXISTS`, `PASSWORD_WEAK`; as `Records.write`. */
  async create(login: string, account: Pick<Account, "name" | "password" | "grants">): Promise<void> {
    refuseLogin(login);
    const value = checked({ ...account, password: await hashPassword(account.password), epoch: 0 });
    await this.#write(login, 0, value);
  }

  /**
   * @param condition the present password, where it is the owner who changes; the revision that was read, where it must be this one still.
   * @throws AppError `ACCOUNT_GONE`, `ACCOUNT_CHANGED`, `ACCOUNT_WRONG`, `ACCOUNT_ELSEWHERE`, `PASSWORD_WEAK`, `LOGIN_WRONG` for a wrong
   * proof; `TOTP_KEYLESS`; `RECORDS_CONFLICT` when somebody else changed it at the same moment.
   */
  async change(
    login: string,
    change: AccountChange,
    { proof, expected }: { readonly proof?: string; readonly expected?: number } = {},
  ): Promise<Person> {
    const row = await this.#row(login);
    if (!row) throw gone(login);
    if (expected !== undefined && row.revision !== expected) throw accountChanged(login);
    const account = accountOf(row);
    if (proof !== undefined && !(await isPassword(proof, account.password))) throw wrong();
    const sealed = (secret: Uint8Array) => sealFactor(secret, login, this.#sealer);
    const after = checked(await changed(account, change, sealed));
    await this.#write(login, row.revision, after);
    return personOf(next(row, after));
  }

  /**
   * Makes the second factor that was offered (`change`) the account's, once its owner has shown a code of it.
   * @returns codes for when the phone is lost, each good once; they are shown this one time.
   * @throws AppError `TOTP_NOT_OFFERED`, `LOGIN_CODE`, `ACCOUNT_GONE`; as `Records.write`.
   */
  async confirmTotp(
    login: string,
    code: string,
    now_ms: EpochMs,
  ): Promise<{ readonly person: Person; readonly codes: readonly string[] }> {
    const row = await this.#row(login);
    if (!row) throw gone(login);
    const { totp_offer: offer, ...account } = accountOf(row);
    if (!offer || now_ms - offer.made_ms >= OFFER_MS) {
      throw new AppError("TOTP_NOT_OFFERED", "Begin again: this second factor was shown too long ago.");
    }
    const step = stepOf(code, await factorSecret(offer.secret, login, this.#sealer), now_ms);
    if (step === undefined) throw wrongCode();
    const { codes, digests } = newRecoveryCodes();
    const totp = { secret: offer.secret, step, recovery: digests };
    const value = { ...account, epoch: account.epoch + 1, totp };
    await this.#write(login, row.revision, value);
    return { person: personOf(next(row, value)), codes };
  }

  /** Whose account it is that somebody has at the town's provider. */
  async findOutside(issuer: string, subject: string): Promise<Person | undefined> {
    const link = await this.#records.find(OUTSIDE, outsideId(issuer, subject));
    const { login } = (link?.value ?? {}) as { readonly login?: unknown };
    const person = typeof login === "string" ? await this.find(login) : undefined;
    // A row that was restored without the other must not let anybody into what is now another's.
    const { issuer: of, subject: who } = person?.outside ?? {};
    return of === issuer && who === subject ? person : undefined;
  }

  /**
   * Makes the account of somebody who signed in at the town's provider. No password is ever right for it.
   * @throws AppError `ACCOUNT_EXISTS`, `ACCOUNT_WRONG`; as `Records.write`.
   */
  async createOutside(
    login: string,
    { name, grants, outside }: Required<Pick<Account, "name" | "grants" | "outside">>,
  ): Promise<void> {
    refuseLogin(login);
    const value = checked({ name, grants, outside, password: NOBODYS, epoch: 0 });
    const id = outsideId(outside.issuer, outside.subject);
    await this.#write(login, 0, value, [{ kind: OUTSIDE, id, expected: 0, value: { login } }]);
  }

  /** What the provider says of somebody now; other grants end their sessions. @throws AppError as `change`. */
  async changeOutside(login: string, { name, grants }: Pick<Account, "name" | "grants">): Promise<Person> {
    const row = await this.#row(login);
    if (!row) throw gone(login);
    const account = accountOf(row);
    const isSame = JSON.stringify(account.grants) === JSON.stringify(grants);
    if (isSame && account.name === name) return personOf(row);
    const value = checked({ ...account, name, grants, epoch: account.epoch + (isSame ? 0 : 1) });
    await this.#write(login, row.revision, value);
    return personOf(next(row, value));
  }

  /**
   * Whoever has this login, password and, where the account has a second factor, code. Takes as long whatever is wrong.
   * @throws AppError `LOGIN_WRONG`; `LOGIN_CODE` where all but the code is right; as `Records.write`.
   */
  async signIn({ login, password, code }: Credentials, now_ms: EpochMs): Promise<Person> {
    const row = await this.#row(login);
    const account = row && accountOf(row);
    const isRight = await isPassword(password, account?.password ?? NOBODYS);
    if (!row || !account || !isRight || account.locked) throw wrong();
    if (account.totp) await this.#takeCode(row, account, account.totp, code, now_ms);
    return personOf(row);
  }

  /** A code is good once: that is written before anybody is let in, and of two who show the same code one is refused. */
  async #takeCode(
    { id, revision }: Row,
    account: Account,
    totp: NonNullable<Account["totp"]>,
    code: string | undefined,
    now_ms: EpochMs,
  ): Promise<void> {
    if (code === undefined) throw wrongCode();
    // First, since they help also where the town's key for secrets is gone.
    const recovery = withoutCode(code, totp.recovery ?? []);
    const step = recovery
      ? totp.step
      : stepOf(code, await factorSecret(totp.secret, id, this.#sealer), now_ms, totp.step);
    if (step === undefined) throw wrongCode();
    const taken = { ...totp, step, ...(recovery && { recovery }) };
    await this.#write(id, revision, { ...account, totp: taken });
  }

  async #row(login: string): Promise<Row | undefined> {
    return LOGIN.test(login) ? this.#records.find(ACCOUNT_KIND, login) : undefined;
  }

  async #write(login: string, expected: number, value: Account, more: readonly Change[] = []): Promise<void> {
    try {
      await this.#records.write([{ kind: ACCOUNT_KIND, id: login, expected, value }, ...more]);
    } catch (cause) {
      if (expected === 0 && cause instanceof AppError && cause.code === "RECORDS_CONFLICT") {
        throw new AppError("ACCOUNT_EXISTS", `There is an account "${login}" already.`, { cause });
      }
      throw cause;
    }
  }
}

/** @throws AppError `ACCOUNT_WRONG` */
function refuseLogin(login: string): void {
  if (LOGIN.test(login)) return;
  const message =
    "A login has up to 63 Latin letters, digits and . _ @ -, and begins with a letter or digit.";
  throw new AppError("ACCOUNT_WRONG", message);
}

function outsideId(issuer: string, subject: string): string {
  return digestOf(JSON.stringify([issuer, subject]));
}

function wrong(): AppError {
  return new AppError("LOGIN_WRONG", "The login or the password is wrong.");
}

function wrongCode(): AppError {
  return new AppError("LOGIN_CODE", "Give the six digits that the app shows now.");
}

function next(row: Row, value: Account): Row {
  return { ...row, revision: row.revision + 1, value };
}

function gone(login: string): AppError {
  return new AppError("ACCOUNT_GONE", `There is no account "${login}".`);
}
