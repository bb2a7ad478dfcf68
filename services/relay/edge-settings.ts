import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { type Static, Type } from "typebox";
import { Value } from "typebox/value";
import { type EdgeName, edgeId } from "./identity.ts";
import { readSigned, type SigningKey, signClaims, type TrustedKeys } from "./signed.ts";

const KIND = "edge-settings";
const SIGNED_TYPE = "yardline-settings";
/** Most bytes of an edge's settings in JSON: some hundred cameras with their masks. */
export const SETTINGS_BYTES_MAX = 512 * 1024;

const Kept = Type.Object({
  version: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  settings: Type.Record(Type.String(), Type.Unknown()),
});

/** What an edge is given: whose they are and their version are under the signature too. */
const Claims = Type.Object({ ...Kept.properties, tenant: Type.String(), edge: Type.String() });

export type EdgeSettings = Static<typeof Kept>;

/**
 * Keeps new settings for an edge. Versions are the time, but always grow: they go on growing also after Records were restored
 * from a backup, which would otherwise lock every edge to settings that nobody has any more.
 * @returns their version. @throws AppError `SETTINGS_TOO_LARGE`; `RECORDS_CONFLICT` when somebody else changed them meanwhile.
 */
export async function writeEdgeSettings(
  records: Pick<Records, "find" | "write">,
  clock: Clock,
  name: EdgeName,
  settings: EdgeSettings["settings"],
): Promise<number> {
  if (Buffer.byteLength(JSON.stringify(settings)) > SETTINGS_BYTES_MAX) {
    const message = `The settings of an edge have at most ${SETTINGS_BYTES_MAX} bytes.`;
    throw new AppError("SETTINGS_TOO_LARGE", message);
  }
  const row = await records.find(KIND, edgeId(name));
  const before = Value.Check(Kept, row?.value) ? row.value.version : 0;
  const version = Math.max(clock.now_ms(), before + 1);
  const value: EdgeSettings = { version, settings };
  await records.write([{ kind: KIND, id: edgeId(name), expected: row?.revision ?? 0, value }]);
  return version;
}

export async function findEdgeSettings(
  records: Pick<Records, "find">,
  name: EdgeName,
): Promise<EdgeSettings | undefined> {
  const row = await records.find(KIND, edgeId(name));
  return Value.Check(Kept, row?.value) ? row.value : undefined;
}

export function signSettings(
  { version, settings }: EdgeSettings,
  { tenant, edge }: EdgeName,
  key: SigningKey,
): string {
  const claims: Static<typeof Claims> = { tenant, edge, version, settings };
  return signClaims(SIGNED_TYPE, claims, key);
}

/** @throws AppError `SIGNATURE_BROKEN`; `SETTINGS_FOREIGN` for those of another edge. */
export function readSettings(text: string, own: EdgeName, keys: TrustedKeys): EdgeSettings {
  const { tenant, edge, version, settings } = readSigned(SIGNED_TYPE, text, Claims, keys);
  if (edgeId({ tenant, edge }) !== edgeId(own)) {
    const message = `These settings are for edge ${edgeId({ tenant, edge })}, not for ${edgeId(own)}.`;
    throw new AppError("SETTINGS_FOREIGN", message);
  }
  return { version, settings };
}
