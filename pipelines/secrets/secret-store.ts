import { AppError } from "@yardline/domain/errors";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { NONCE_BYTES, seal, sealedWith, unseal } from "./seal.ts";
import type { KeySource } from "./secret-keys.ts";

const KIND = "secret";
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Longer than any address, password or token is. */
const CHARS_MAX = 4_000;

const Kept = Type.Object({ sealed: Type.String() });

export type SecretStore = {
  /** @throws AppError `SECRET_UNKNOWN`, `SECRET_BROKEN`, those of the keys and of Records. */
  read(name: string): Promise<string>;
  /** @throws AppError `SECRET_REFUSED` for a name or text that cannot be kept. */
  put(name: string, text: string): Promise<void>;
  /** @returns whether there was one. */
  remove(name: string): Promise<boolean>;
  /** Names, and the id of the key that each is sealed with. */
  list(): Promise<readonly { readonly name: string; readonly key_id: string }[]>;
  /** Seals everything anew that is not sealed with the first key, all or nothing. @returns how many. */
  rotate(): Promise<number>;
};

/** Secrets by name, in Records, sealed. @param random as `randomBytes` of node:crypto. */
export function openSecrets(
  records: Records,
  keys: KeySource,
  random: (bytes: number) => Uint8Array,
): SecretStore {
  return {
    async read(name) {
      const row = await records.find(KIND, name);
      if (!row) {
        const mend = `There is no secret "${name}": put it in with ./yardline secret put ${name}.`;
        throw new AppError("SECRET_UNKNOWN", mend);
      }
      return unseal(keptIn(row).sealed, name, await keys());
    },
    async put(name, text) {
      refuseUnusable(name, text);
      const [first] = await keys();
      if (!first) throw new AppError("SECRET_KEY_MISSING", "There is no key for secrets.");
      const value: Kept = { sealed: seal(text, name, first, random(NONCE_BYTES)) };
      await records.write([{ kind: KIND, id: name, value }]);
    },
    async remove(name) {
      if (!(await records.find(KIND, name))) return false;
      await records.write([{ kind: KIND, id: name, value: undefined }]);
      return true;
    },
    async list() {
      const rows = await records.list(KIND);
      return rows.map((row) => ({ name: row.id, key_id: sealedWith(keptIn(row).sealed) ?? "?" }));
    },
    async rotate() {
      const all = await keys();
      const [first] = all;
      if (!first) return 0;
      const old = (await records.list(KIND)).filter((row) => sealedWith(keptIn(row).sealed) !== first.id);
      const changes = old.map((row) => {
        const text = unseal(keptIn(row).sealed, row.id, all);
        const value: Kept = { sealed: seal(text, row.id, first, random(NONCE_BYTES)) };
        return { kind: KIND, id: row.id, expected: row.revision, value };
      });
      if (changes.length > 0) await records.write(changes);
      return changes.length;
    },
  };
}

type Kept = Static<typeof Kept>;

function keptIn({ id, value }: { readonly id: string; readonly value: unknown }): Kept {
  if (Value.Check(Kept, value)) return value;
  throw new AppError("SECRET_BROKEN", `The secret "${id}" cannot be read: put it in again.`);
}

function refuseUnusable(name: string, text: string): void {
  if (!NAME.test(name)) {
    const mend = "is no name: lower-case Latin letters, digits and hyphens, at most 63";
    throw new AppError("SECRET_REFUSED", `"${name.slice(0, 80)}" ${mend}.`);
  }
  if (text.length === 0 || text.length > CHARS_MAX) {
    throw new AppError("SECRET_REFUSED", `The secret "${name}" must have 1 to ${CHARS_MAX} characters.`);
  }
}
