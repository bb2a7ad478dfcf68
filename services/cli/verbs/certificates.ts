import { join } from "node:path";
import { issueCertificate, makeAuthority } from "@yardline/relay/certificates";
import type { Role } from "@yardline/relay/identity";
import { readAuthority, writeAuthority, writeIdentity, writeNewSigningKey } from "@yardline/relay/key-files";
import { defineVerb, optionalFlag, textFlag, UsageError } from "../verb.ts";

const text = { type: "string" } as const;
/** Nothing renews a certificate by itself; a year and a month leaves time to notice. */
const DAYS = 395;
const WHO = "authority|receiver|api|edge";
const EDGE = /^([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})$/;

/** Makes the keys and certificates that edges and their region know each other by. */
export const certificates = defineVerb({
  name: "certificates",
  summary: "Makes the certificates that edges and their region know each other by.",
  usage: `${WHO} [TENANT/EDGE] --authority FOLDER [--out FOLDER] [--days N]`,
  example: "./yardline certificates edge smalltown/north --authority ca --out north",
  flags: {
    authority: { ...text, help: "Where the authority is kept; keep it off every box." },
    out: { ...text, help: "A new folder for what goes onto the machine." },
    days: { ...text, help: `How long the certificate holds (${DAYS}).` },
  },
  positionals: { min: 1, max: 2 },
  async run(asked, { stdout }) {
    const [kind = "", name] = asked.positionals;
    const folder = textFlag(asked, "authority");
    if (kind === "authority") {
      await writeAuthority(folder, await makeAuthority());
      stdout.write(`The authority is in ${folder}. Its key signs every box: keep it safe and off them.\n`);
      return 0;
    }
    const who = roleOf(kind, name);
    const days = daysOf(optionalFlag(asked, "days"));
    const out = textFlag(asked, "out");
    await writeIdentity(out, await issueCertificate(await readAuthority(folder), who, days));
    stdout.write(`Key and certificate are in ${out}; they hold for ${days} days.\n`);
    if (who.role === "edge") return 0;
    await writeNewSigningKey(out);
    stdout.write(
      `${join(out, "signing-key.pub.pem")} is for every edge: it checks by it what this one signs.\n`,
    );
    return 0;
  },
});

function roleOf(kind: string, name: string | undefined): Role {
  if ((kind === "receiver" || kind === "api") && name === undefined) return { role: kind };
  const [, tenant, edge] = EDGE.exec(name ?? "") ?? [];
  if (kind === "edge" && tenant && edge) return { role: "edge", tenant, edge };
  throw new UsageError(
    kind === "edge"
      ? "certificates: name the edge as TENANT/EDGE, in small letters"
      : `certificates: there is ${WHO}`,
  );
}

function daysOf(given: string | undefined): number {
  const days = Number(given ?? DAYS);
  if (Number.isInteger(days) && days > 0 && days <= 3_650) return days;
  throw new UsageError("certificates: --days is a whole number from 1 to 3650");
}
