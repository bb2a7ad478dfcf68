import type { EpochMs } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import type { Person } from "./account.ts";
import type { Accounts } from "./accounts.ts";
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

/** A browser's own name for itself is cut to so much. */
const AGENT_CHARS_MAX = 200;

const Session = Type.Object({
  login: Type.String(),
  epoch: Type.Integer(),
  used_ms: Type.Integer(),
  /** What the browser calls itself, so that its owner knows it again. */
  agent: Type.Optional(Type.String()),
});
type Session = Static<typeof Session>;

/** A session as its owner sees it; `used_ms` is exact to five minutes. */
export type SessionNote = Pick<Session, "used_ms" | "agent"> & {
  /** Not its token: whoever knows it can end the session, if it is theirs, and nothing else. */
  readonly id: string;
  readonly began_ms: EpochMs;
};

/** Who is signed in where. A session ends at once when its account's password, grants or second factor change, or it is locked. */
export class Sessions {
  readonly #records: Pick<Records, "find" | "list" | "write" | "dropBefore">;
  readonly #accounts: Pick<Accounts, "find">;

  constructor(
    records: Pick<Records, "find" | "list" | "write" | "dropBefore">,
    accounts: Pick<Accounts, "find">,
  ) {
    this.#records = records;
    this.#accounts = accounts;
  }

  /** @returns the token, which is shown once; what is kept of it is a digest. */
  async begin({ login, epoch }: Person, now_ms: EpochMs, agent?: string): Promise<string> {
    const token = `${stampOf(now_ms)}.${newSecret()}`;
    const named = agent !== undefined && { agent: agent.slice(0, AGENT_CHARS_MAX) };
    const value: Session = { login, epoch, used_ms: now_ms, ...named };
    await this.#records.dropBefore(KIND, stampOf(now_ms - LASTS_MS));
    await this.#records.write([{ kind: KIND, id: sessionId(token), expected: 0, value }]);
    return token;
  }

  /** Whose session it is; undefined for one that is over, was ended, or never was. */
  async find(token: string, now_ms: EpochMs): Promise<Person | undefined> {
    const began_ms = beganAt(token);
    if (began_ms === undefined || now_ms - began_ms >= LASTS_MS) return undefined;
    const row = await this.#records.find(KIND, sessionId(token));
    if (!row || !Value.Check(Session, row.value)) return undefined;
    const { login, epoch, used_ms, ...rest } = row.value;
    if (now_ms - used_ms >= IDLE_MS) return undefined;
    const person = await this.#accounts.find(login);
    if (!person || person.epoch !== epoch || person.locked) return undefined;
    if (now_ms - used_ms >= TOUCH_MS) {
      const value: Session = { login, epoch, used_ms: now_ms, ...rest };
      // Of two requests at once either may write it; a session that was ended meanwhile stays ended.
      const touched = this.#records.write([{ kind: KIND, id: row.id, expected: row.revision, value }]);
      await touched.catch(() => undefined);
    }
    return person;
  }

  /** Where somebody is signed in now, newest first. */
  async list({ login, epoch }: Person, now_ms: EpochMs): Promise<readonly SessionNote[]> {
    const rows = await this.#records.list(KIND);
    return rows.toReversed().flatMap(({ id, value }) => {
      const began_ms = Number.parseInt(id.slice(0, 9), 36);
      if (!Value.Check(Session, value) || value.login !== login || value.epoch !== epoch) return [];
      if (now_ms - began_ms >= LASTS_MS || now_ms - value.used_ms >= IDLE_MS) return [];
      const { used_ms, agent } = value;
      return [{ id, began_ms, used_ms, ...(agent !== undefined && { agent }) }];
    });
  }

  /** Ends one of somebody's own. @returns whether it was theirs. */
  async endOwn({ login }: Person, id: string): Promise<boolean> {
    const row = await this.#records.find(KIND, id);
    if (!row || !Value.Check(Session, row.value) || row.value.login !== login) return false;
    await this.#records.write([{ kind: KIND, id, value: undefined }]);
    return true;
  }

  /** One that is over already counts as ended. */
  async end(token: string): Promise<void> {
    if (beganAt(token) === undefined) return;
    await this.#records.write([{ kind: KIND, id: sessionId(token), value: undefined }]);
  }
}

function beganAt(token: string): EpochMs | undefined {
  const stamp = TOKEN.exec(token)?.[1];
  return stamp === undefined ? undefined : Number.parseInt(stamp, 36);
}

/** What a session is called in a list of them. */
export function sessionId(token: string): string {
  return `${token.slice(0, 9)}.${digestOf(token)}`;
}

function stampOf(at_ms: EpochMs): string {
  return Math.max(0, at_ms).toString(36).padStart(9, "0");
}
