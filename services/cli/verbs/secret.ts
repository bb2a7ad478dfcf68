import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { text as textOf } from "node:stream/consumers";
import { AppError } from "@yardline/domain/errors";
import { sealFactors } from "@yardline/identity/seal-factors";
import { openSealer } from "@yardline/secrets/sealer";
import { keysFrom } from "@yardline/secrets/secret-keys";
import { openSecrets, type SecretStore } from "@yardline/secrets/secret-store";
import { ownStores } from "../own-stores.ts";
import { defineVerb, UsageError, type World } from "../verb.ts";

const text = { type: "string" } as const;

/** Passwords of cameras and feeds, kept sealed. They come on standard input: a command line can be read by every process. */
export const secret = defineVerb({
  name: "secret",
  summary: "Keeps passwords of cameras and feeds sealed; settings name them as secret:NAME.",
  usage: "key FILE | put NAME | remove NAME | list | rotate [--records postgres://…|@FILE | --data FOLDER]",
  example: "./yardline secret put yard < yard.url",
  flags: {
    records: { ...text, help: "postgres://… or @FILE that holds it; or YARDLINE_RECORDS." },
    data: { ...text, help: "Folder of a town that does not run now (.yardline/town)." },
  },
  positionals: { min: 1, max: 2 },
  async run(asked, world) {
    const [what = "", name] = asked.positionals;
    if (what === "key") return makeKey(name, world);
    const work = { put, remove, list, rotate }[what];
    if (!work) throw new UsageError(`secret: there is key, put, remove, list and rotate, no "${what}"`);
    await using closing = new AsyncDisposableStack();
    const stores = await ownStores(asked, world, closing);
    const records = await stores.records();
    const keys = keysFrom(world.env);
    const secrets = openSecrets(records, keys, randomBytes);
    world.stdout.write(`${await work(secrets, name, world)}\n`);
    if (what === "rotate") {
      const factors = await sealFactors(records, openSealer(keys, randomBytes));
      world.stdout.write(`${factors} second factors as well. The keys below the first one may go.\n`);
    }
    return 0;
  },
});

type Work = (secrets: SecretStore, name: string | undefined, world: World) => Promise<string>;

const put: Work = async (secrets, name, { stdin }) => {
  const given = (await textOf(stdin)).trim();
  await secrets.put(named(name), given);
  return `"${name}" is kept, sealed. Settings name it as secret:${name}.`;
};

const remove: Work = async (secrets, name) => {
  const was = await secrets.remove(named(name));
  return was ? `"${name}" is gone.` : `There was no secret "${name}".`;
};

const list: Work = async (secrets) => {
  const all = await secrets.list();
  return all.map(({ name, key_id }) => `${name} (key ${key_id})`).join("\n") || "There are no secrets.";
};

const rotate: Work = async (secrets) => `${await secrets.rotate()} sealed anew with the first key.`;

function named(name: string | undefined): string {
  if (name === undefined) throw new UsageError("secret: its name is missing");
  return name;
}

/** A new key alone in a new file that only its owner may read. */
async function makeKey(path: string | undefined, { stdout }: World): Promise<number> {
  if (path === undefined) throw new UsageError("secret key: name the new file");
  try {
    await using file = await open(path, "wx", 0o600);
    await file.writeFile(`${randomBytes(32).toString("hex")}\n`);
  } catch (cause) {
    const mend = "it must not be there yet, and its folder must be";
    throw new AppError("SECRET_KEY_FORM", `Cannot make the key file ${path}: ${mend}.`, { cause });
  }
  stdout.write(
    `The key is in ${path}. Set YARDLINE_SECRET_KEY_FILE=${path}, and keep a copy where no backup of the town is.\n`,
  );
  return 0;
}
