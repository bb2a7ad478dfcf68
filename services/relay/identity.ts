import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { AppError } from "@yardline/domain/errors";
import type { EpochMs } from "@yardline/domain/time";

/** PEM texts: our private key, our certificate, and the one authority whose signatures we believe. */
export type Identity = { readonly key: string; readonly cert: string; readonly ca: string };

/** An edge box, everywhere: two boxes of different tenants may share a name. */
export type EdgeName = { readonly tenant: string; readonly edge: string };

/** Who somebody is by certificate. Where a machine stands (its address) may change, so addresses prove nothing here. */
export type Role =
  | { readonly role: "receiver" }
  | { readonly role: "api" }
  | (EdgeName & { readonly role: "edge" });

/** The other end of a connection, as its certificate says. */
export type Peer = { readonly who: Role; readonly serial: string; readonly expires_at_ms: EpochMs };

const NAME = "[a-z0-9-]{1,63}";
const URN = new RegExp(`^urn:yardline:(?:(receiver)|(api)|edge:(${NAME}):(${NAME}))$`);

/** The URI in a certificate's subject alternative names. */
export function urnOf(who: Role): string {
  return who.role === "edge" ? `urn:yardline:edge:${who.tenant}:${who.edge}` : `urn:yardline:${who.role}`;
}

/** As `town/north`: the id of everything that Records keep of an edge. */
export function edgeId({ tenant, edge }: EdgeName): string {
  return `${tenant}/${edge}`;
}

/** The one role that a list of alternative names (in Node's notation) gives; undefined where it gives none or several. */
export function roleOf(alternative_names: string): Role | undefined {
  // Node puts names that hold a comma or a quote into quotes. We issue no such names, so they are nobody's.
  if (alternative_names.includes('"')) return undefined;
  const roles = alternative_names.split(", ").flatMap((name) => readUrn(name.replace(/^URI:/, "")));
  return roles.length === 1 ? roles[0] : undefined;
}

function readUrn(urn: string): Role[] {
  const [, receiver, api, tenant, edge] = URN.exec(urn) ?? [];
  if (receiver) return [{ role: "receiver" }];
  if (api) return [{ role: "api" }];
  return tenant && edge ? [{ role: "edge", tenant, edge }] : [];
}

/** @returns undefined for a certificate that names no role of ours. */
export function readCertificate(cert: X509Certificate): Peer | undefined {
  const who = roleOf(cert.subjectAltName ?? "");
  return who && { who, serial: cert.serialNumber, expires_at_ms: Date.parse(cert.validTo) };
}

/** Which edge an identity is of. @throws AppError `KEY_UNFIT` for one of another role. */
export function getEdgeName({ cert }: Identity): EdgeName {
  const who = readCertificate(new X509Certificate(cert))?.who;
  if (who?.role === "edge") return { tenant: who.tenant, edge: who.edge };
  const mend = "make one with ./yardline certificates edge TENANT/EDGE";
  throw new AppError("KEY_UNFIT", `This certificate is of no edge; ${mend}.`);
}

/** Whoever the TLS layer has verified at the other end; undefined where the certificate names no role of ours. */
export function findPeer(socket: TLSSocket): Peer | undefined {
  const { raw } = socket.getPeerCertificate();
  return raw && readCertificate(new X509Certificate(raw));
}
