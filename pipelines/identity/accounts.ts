import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";
import { Grant } from "@yardline/permission/grant";
import type { Records, Row } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { hashPassword, isPassword, NOBODYS } from "./password.ts";
import { stepOf } from "./totp.ts";

/** The kind of the rows; their id is the login, their value an `Account`. */
const KIND = "account";
/** Latin only: two logins that look alike must not be two people. */
const LOGIN = /^[a-z0-9][a-z0-9._@-]{0,62}$/;

const Account = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ maxLength: 300 }),
    grants: Type.Array(Grant, { maxItems: 50 }),
    /** Grows with whatever ends all sessions: another password, other grants, another second factor, being locked. */
    epoch: Type.Integer({ minimum: 0 }),
    locked: Type.Optional(Type.Literal(true)),
    /** The second factor: its secret, and the last step whose code was taken. */
    totp: Type.Optional(Type.Object({ secret: Type.String(), step: Type.Integer() })),
  },
  { additionalProperties: false },
);
type Account = Static<typeof Account>;

/** Somebody with an account, as everybody else sees them. */
export type Person = Omit<Account, "password" | "totp"> & {
  readonly login: string;
  readonly has_totp: boolean;
};

export type Credentials = { readonly login: string; readonly password: string; readonly code?: string };

/** What may change of an account; what is absent stays. `totp_secret`: null takes the second factor away. */
export type AccountChange = {
  readonly name?: string;
  readonly password?: string;
  readonly grants?: readonly Grant[];
  readonly locked?: boolean;
  readonly totp_secret?: Uint8Array | null;
};

/** The accounts of one store. Passwords and secrets never leave it. */
export class Accounts {
  readonly #records: Pick<Records, "find" | "list" | "write">;

  constructor(records: Pick<Records, "find" | "list" | "write">) {
    this.#records = records;
  }

  async find(login: string): Promise<Person | undefined> {
    const row = await this.#row(login);
    return row && personOf(row);
  }

  /** Everybody, by login. */
  async list(): Promise<readonly Person[]> {
    return (await this.#records.list(KIND)).map(personOf);
  }

  /** @throws AppError `ACCOUNT_WRONG`, `ACCOUNT_EXISTS`, `PASSWORD_WEAK`; as `Records.write`. */
  async create(login: string, account: Pick<Account, "name" | "password" | "grants">): Promise<void> {
    if (!LOGIN.test(login)) {
      const message =
        "A login has up to 63 Latin letters, digits and . _ @ -, and begins with a letter or digit.";
      throw new AppError("ACCOUNT_WRONG", message);
    }
    const value = checked({ ...account, password: await hashPassword(account.password), epoch: 0 });
    await this.#write(login, 0, value);
  }

  /**
   * @param revision that the change was made against, as two people may change one account.
   * @throws AppError `ACCOUNT_GONE`, `ACCOUNT_WRONG`, `PASSWORD_WEAK`, `RECORDS_CONFLICT`.
   */
  async change(login: string, change: AccountChange): Promise<void> {
    const row = await this.#row(login);
    if (!row) throw gone(login);
    await this.#write(login, row.revision, checked(await changed(accountOf(row), change)));
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

  /** A code is good once: the step is written before anybody is let in, and of two who show the same code one is refused. */
  async #takeCode(
    { id, revision }: Row,
    account: Account,
    { secret, step: after }: NonNullable<Account["totp"]>,
    code: string | undefined,
    now_ms: EpochMs,
  ): Promise<void> {
    const step = code === undefined ? undefined : stepOf(code, Buffer.from(secret, "base64"), now_ms, after);
    if (step === undefined) throw new AppError("LOGIN_CODE", "Give the six digits that the app shows now.");
    await this.#write(id, revision, { ...account, totp: { secret, step } });
  }

  async #row(login: string): Promise<Row | undefined> {
    return LOGIN.test(login) ? this.#records.find(KIND, login) : undefined;
  }

  async #write(login: string, expected: number, value: Account): Promise<void> {
    try {
      await this.#records.write([{ kind: KIND, id: login, expected, value }]);
    } catch (cause) {
      if (expected === 0 && cause instanceof AppError && cause.code === "RECORDS_CONFLICT") {
        throw new AppError("ACCOUNT_EXISTS", `There is an account "${login}" already.`, { cause });
      }
      throw cause;
    }
  }
}

async function changed(account: Account, change: AccountChange): Promise<Account> {
  const { name = account.name, grants = account.grants, password, locked, totp_secret } = change;
  const ends = password ?? change.grants ?? locked ?? totp_secret;
  const { locked: wasLocked, totp, ...rest } = account;
  const isLocked = locked ?? wasLocked ?? false;
  const secret = totp_secret && { secret: Buffer.from(totp_secret).toString("base64"), step: -1 };
  const factor = totp_secret === undefined ? totp : (secret ?? undefined);
  return {
    ...rest,
    name,
    grants: [...grants],
    epoch: account.epoch + (ends === undefined ? 0 : 1),
    ...(password !== undefined && { password: await hashPassword(password) }),
    ...(isLocked && { locked: true }),
    ...(factor && { totp: factor }),
  };
}

function checked(value: Account): Account {
  if (Value.Check(Account, value)) return value;
  throw new AppError("ACCOUNT_WRONG", "An account has a name of up to 100 characters and up to 50 grants.");
}

/** @throws AppError `RECORDS_REFUSED` for a row that no release of ours wrote: nobody gets in by it. */
function accountOf({ id, value }: Row): Account {
  if (Value.Check(Account, value)) return value;
  throw new AppError("RECORDS_REFUSED", `The account "${id}" cannot be read; restore it from a backup.`);
}

function personOf(row: Row): Person {
  const { password: _, totp, ...account } = accountOf(row);
  return { ...account, login: row.id, has_totp: totp !== undefined };
}

function wrong(): AppError {
  return new AppError("LOGIN_WRONG", "The login or the password is wrong.");
}

function gone(login: string): AppError {
  return new AppError("ACCOUNT_GONE", `There is no account "${login}".`);
}
