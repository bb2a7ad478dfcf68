import { readFile } from "node:fs/promises";
import { AppError } from "@yardline/domain/errors";

/** Addresses of the servers that a region uses in the place of folders; what is not named is kept in the data folder. */
export type Servers = { readonly bus?: string; readonly index?: string; readonly records?: string };

const KINDS = [
  { name: "bus", forms: /^kafka:\/\//, example: "kafka://broker-1:9092,broker-2:9092" },
  { name: "index", forms: /^https?:\/\//, example: "http://127.0.0.1:9200" },
  { name: "records", forms: /^postgres(?:ql)?:\/\//, example: "postgres://127.0.0.1:5432/yardline" },
] as const;

type Given = Readonly<Record<string, unknown>>;
type Env = Readonly<Record<string, string | undefined>>;

/**
 * The servers that flags (`--bus`) or, where there is no flag, the environment (`YARDLINE_BUS`) name: an address, or `@FILE` of a
 * file that holds one. An address on a command line can be read by every process of the machine, so it must hold no password.
 * @throws AppError `SERVER_ADDRESS` that says which and why, never the address.
 */
export async function serversOf(flags: Given, env: Env): Promise<Servers> {
  const found: { -readonly [Name in keyof Servers]: string } = {};
  for (const { name, forms, example } of KINDS) {
    const flag = flags[name];
    const given = typeof flag === "string" ? flag : env[`YARDLINE_${name.toUpperCase()}`];
    if (given === undefined || given === "") continue;
    const refuse = (why: string) => new AppError("SERVER_ADDRESS", `--${name}: ${why}`);
    const address = given.startsWith("@") ? await readAddress(given.slice(1), refuse) : given;
    if (!forms.test(address)) throw refuse(`this is no address such as ${example}`);
    if (typeof flag === "string" && address === flag && hasPassword(address)) {
      throw refuse("an address with a password belongs into a file that only you can read: give @FILE");
    }
    found[name] = address;
  }
  return found;
}

async function readAddress(path: string, refuse: (why: string) => AppError): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch {
    throw refuse(`the file ${path} cannot be read`);
  }
}

function hasPassword(address: string): boolean {
  return /^[a-z]+:\/\/[^/@]*:[^/@]*@/.test(address);
}
