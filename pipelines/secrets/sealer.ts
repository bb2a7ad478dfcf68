import { AppError } from "@yardline/domain/errors";
import { NONCE_BYTES, seal, sealedWith, unseal } from "./seal.ts";
import type { KeySource } from "./secret-keys.ts";

/** For secrets that stand within rows of others' (second factors): the same seals, each bound to the name of what it is the secret of. */
export type Sealer = {
  /** With the newest key. @throws AppError `SECRET_KEY_MISSING`, `SECRET_KEY_FORM`. */
  seal(text: string, name: string): Promise<string>;
  /** @throws AppError `SECRET_KEY_WRONG`, `SECRET_BROKEN`, those of the keys. */
  unseal(sealed: string, name: string): Promise<string>;
  /** Whether it need not be sealed anew; of a plain text never. @throws AppError of the keys. */
  isFresh(sealed: string): Promise<boolean>;
};

/** @param random as `randomBytes` of node:crypto. */
export function openSealer(keys: KeySource, random: (bytes: number) => Uint8Array): Sealer {
  const newest = async () => {
    const [first] = await keys();
    if (!first) throw new AppError("SECRET_KEY_MISSING", "There is no key for secrets.");
    return first;
  };
  return {
    seal: async (text, name) => seal(text, name, await newest(), random(NONCE_BYTES)),
    unseal: async (sealed, name) => unseal(sealed, name, await keys()),
    isFresh: async (sealed) => sealedWith(sealed) === (await newest()).id,
  };
}

/** Whether it was sealed at all: releases before kept some of them in plain words. */
export function isSealed(text: string): boolean {
  return sealedWith(text) !== undefined;
}
