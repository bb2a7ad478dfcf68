import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Accounts, Person } from "./accounts.ts";
import { digestOf, newSecret } from "./secret-token.ts";

const KIND = "session";
/** A shift and what comes before and after it; whoever stays signed in longer signs in again. */
const LASTS_MS = 24 * 3_600_000;
/** Nothing asked for so long: somebody went home. */
const IDLE_MS = 8 * 3_600_000;
/** That a session is used is written down at most so often. */
const TOUCH_MS = 5 * 60_000;
/** `<when it began>.<secret>`: rows are in the order of time, so that the old ones go together. */
const TOKEN = /^([0-9a-z]{9})\.([\w-]{43})$/;

const Session = Type.Object({ login: Type.String(), epoch: Type.Integer(), used_ms: Type.Integer() });
type Session = Static<typeof Session>;

/** Who is signed in where. A session ends at once when its account's password, grants or second factor change, or it is locked. */
export class Sessions {
  readonly #records: Pick<Records, "find" | "write" | "dropBefore">;
  readonly #accounts: Pick<Accounts, "find">;

  constructor(records: Pick<Records, "find" | "write" | "dropBefore">, accounts: Pick<Accounts, "find">) {
    this.#records = records;
    this.#accounts = accounts;
  }

  /** @returns the token, which is shown once; what is kept of it is a digest. */
  async begin({ login, epoch }: Person, now_ms: EpochMs): Promise<string> {
    const token = `${stampOf(now_ms)}.${newSecret()}`;
    const value: Session = { login, epoch, used_ms: now_ms };
    await this.#records.dropBefore(KIND, stampOf(now_ms - LASTS_MS));
    await this.#records.write([{ kind: KIND, id: idOf(token), expected: 0, value }]);
    return token;
  }

  /** Whose session it is; undefined for one that is over, was ended, or never was. */
  async find(token: string, now_ms: EpochMs): Promise<Person | undefined> {
    const began_ms = beganAt(token);
    if (began_ms === undefined || now_ms - began_ms >= LASTS_MS) return undefined;
    const row = await this.#records.find(KIND, idOf(token));
    if (!row || !Value.Check(Session, row.value)) return undefined;
    const { login, epoch, used_ms } = row.value;
    if (now_ms - used_ms >= IDLE_MS) return undefined;
    const person = await this.#accounts.find(login);
    if (!person || person.epoch !== epoch || person.locked) return undefined;
    if (now_ms - used_ms >= TOUCH_MS) {
      const value: Session = { login, epoch, used_ms: now_ms };
      // Of two requests at once either may write it; a session that was ended meanwhile stays ended.
      const touched = this.#records.write([{ kind: KIND, id: row.id, expected: row.revision, value }]);
      await touched.catch(() => undefined);
    }
    return person;
  }

  /** One that is over already counts as ended. */
  async end(token: string): Promise<void> {
    if (beganAt(token) === undefined) return;
    await this.#records.write([{ kind: KIND, id: idOf(token), value: undefined }]);
  }
}

function beganAt(token: string): EpochMs | undefined {
  const stamp = TOKEN.exec(token)?.[1];
  return stamp === undefined ? undefined : Number.parseInt(stamp, 36);
}

function idOf(token: string): string {
  return `${token.slice(0, 9)}.${digestOf(token)}`;
}

function stampOf(at_ms: EpochMs): string {
  return Math.max(0, at_ms).toString(36).padStart(9, "0");
}
