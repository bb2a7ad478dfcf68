import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@yardline/domain/time";
import { signInFirst } from "@yardline/testkit/first-account";
import { readTownConfig } from "@yardline/town/config";
import { startTown } from "@yardline/town/town";
import { pino } from "pino";

const ROOT = join(import.meta.dirname, "../../..");
const TENANT = "town";
export const OWN_PASSWORD = "correct horse battery";

/** Who is let into a town of its own, by login. */
const PEOPLE = {
  olena: ["Олена", "administrator"],
  ivan: ["Іван", "administrator"],
  oksana: ["Оксана", "privacy-officer"],
} as const;

export type OwnTown = {
  readonly url: string;
  ask(method: string, path: string, body?: object, tag?: string): Promise<Response>;
  close(): Promise<void>;
};

/** A whole new town in this process that nobody has set up: everything of it is the pages'. */
export async function startOwnTown(pageDir: string): Promise<OwnTown> {
  const folder = await mkdtemp(join(tmpdir(), "yardline-own-"));
  const halt = new AbortController();
  const said: string[] = [];
  const text = JSON.stringify({ town: { name: "Yardline", tenant: TENANT } });
  const town = await startTown(
    {
      config: readTownConfig(text, "The command line", { lines: false }),
      ...{ base: ".", folder, pageDir, port: 0, root: ROOT, servers: {} },
      keys: async () => [{ id: "00000000", bytes: new Uint8Array(32) }],
      clock: systemClock,
      log: pino({ level: "silent" }),
      report: (line) => said.push(line),
    },
    halt.signal,
  );
  const cookie = await signInFirst(said.join("\n"), town.address, TENANT);
  const ask = (method: string, path: string, body?: object, tag?: string) =>
    fetch(town.address + path, {
      method,
      headers: {
        cookie,
        ...(body && { "content-type": "application/json" }),
        ...(tag && { "if-match": tag }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  for (const [login, [name, role]] of Object.entries(PEOPLE)) {
    const made = { login, name, password: OWN_PASSWORD, grants: [{ tenant: TENANT, role }] };
    const { status } = await ask("POST", "/v1/people", made);
    if (status >= 300) throw new Error(`${login} could not be let in: ${status}`);
  }
  return {
    ...{ url: town.address, ask },
    async close() {
      halt.abort();
      await town.stopped;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
