import { AppError } from "@yardline/domain/errors";
import type { ClientBase } from "pg";

/** Any number, as long as it is ours alone in the database: one process upgrades, the others wait. */
const UPGRADE_LOCK = 0x59_52_45_43; // "YREC", as in the SQLite file's header

/**
 * Step n leads from format n to n + 1; a released step is never edited. Services of the release before may still run while a step
 * is made, so a step adds and never takes away what they use. Ids sort bytewise, whatever the database's language.
 */
export const STEPS: readonly string[] = [
  `CREATE TABLE yardline.record (
    kind text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL, value text NOT NULL, PRIMARY KEY (kind, id)
  )`,
];

/**
 * Makes the tables in the schema `yardline`, or brings them to this release's format; all steps or none. Changes nothing, and needs
 * no right to, where the format is this release's already.
 * @throws AppError `STORE_FORMAT` for a newer format or a database that cannot keep every text.
 */
export async function upgradeSchema(
  client: ClientBase,
  shown: string,
  steps: readonly string[],
): Promise<void> {
  await client.query("BEGIN");
  await client.query("SELECT pg_advisory_xact_lock($1)", [UPGRADE_LOCK]);
  const { rows } = await client.query<{ encoding: string; is_there: boolean }>(
    "SELECT current_setting('server_encoding') AS encoding, to_regclass('yardline.format') IS NOT NULL AS is_there",
  );
  const [database] = rows;
  if (database?.encoding !== "UTF8") {
    throw new AppError(
      "STORE_FORMAT",
      `${shown} is encoded as ${database?.encoding}; make a database in UTF8.`,
    );
  }
  const format = database.is_there ? await readFormat(client) : 0;
  if (format > steps.length) {
    const formats = `format ${format}, this release reads ${steps.length}`;
    throw new AppError("STORE_FORMAT", `${shown} was written by a newer release of Yardline (${formats}).`);
  }
  if (format < steps.length) {
    if (!database.is_there) {
      await client.query(
        "CREATE SCHEMA IF NOT EXISTS yardline; CREATE TABLE yardline.format (format int NOT NULL)",
      );
      await client.query("INSERT INTO yardline.format VALUES (0)");
    }
    for (const step of steps.slice(format)) await client.query(step);
    await client.query("UPDATE yardline.format SET format = $1", [steps.length]);
  }
  await client.query("COMMIT");
}

async function readFormat(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ format: number }>("SELECT format FROM yardline.format");
  return rows[0]?.format ?? 0;
}
