import { createHash } from "node:crypto";
import { AppError } from "@yardline/domain/errors";
import { type EpochMs, isoOf } from "@yardline/domain/time";
import type { Credentials } from "../http/authorization.ts";
import { escaped, findNode, findText, parseXml, type XmlNode } from "./xml.ts";

const SOAP = "http://www.w3.org/2003/05/soap-envelope";
const WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";
const REASON_LENGTH_MAX = 200;

export type Token = Credentials & {
  /** The device's own time, which it checks. */
  readonly created_ms: EpochMs;
  /** At least 16 random bytes, fresh for each message. */
  readonly nonce: Uint8Array;
};

/**
 * A SOAP 1.2 message. With a token its header proves the password without holding it:
 * digest = base64(SHA-1(nonce + created + password)) (WSS UsernameToken Profile 1.1, 3.1; ONVIF Core 5.9).
 */
export function soapMessage(body: string, token?: Token): string {
  const header = token === undefined ? "" : `<s:Header>${securityOf(token)}</s:Header>`;
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${SOAP}">${header}<s:Body>${body}</s:Body></s:Envelope>`;
}

function securityOf({ username, password, created_ms, nonce }: Token): string {
  const created = isoOf(created_ms);
  const digest = createHash("sha1").update(nonce).update(created).update(password).digest("base64");
  return [
    `<w:Security s:mustUnderstand="true" xmlns:w="${WSS}-wssecurity-secext-1.0.xsd">`,
    `<w:UsernameToken><w:Username>${escaped(username)}</w:Username>`,
    `<w:Password Type="${WSS}-username-token-profile-1.0#PasswordDigest">${digest}</w:Password>`,
    `<w:Nonce EncodingType="${WSS}-soap-message-security-1.0#Base64Binary">${Buffer.from(nonce).toString("base64")}</w:Nonce>`,
    `<u:Created xmlns:u="${WSS}-wssecurity-utility-1.0.xsd">${created}</u:Created>`,
    "</w:UsernameToken></w:Security>",
  ].join("");
}

/**
 * The body of an answer.
 * @throws AppError `ONVIF_REFUSED` (who we are is not accepted), `ONVIF_FAULT` (anything else that the device will not do),
 * `ONVIF_BROKEN`.
 */
export function soapBody(text: string): XmlNode {
  const body = findNode(parseXml(text), "Envelope", "Body");
  const fault = findNode(body, "Fault");
  if (fault !== undefined) {
    const codes = JSON.stringify(findNode(fault, "Code") ?? findNode(fault, "faultcode") ?? "");
    const reason = findText(fault, "Reason", "Text") ?? findText(fault, "faultstring") ?? "no reason given";
    const readable = reason.replaceAll(/[^\P{C}]/gu, " ").slice(0, REASON_LENGTH_MAX);
    const refused = /NotAuthorized|FailedAuthentication|FailedCheck|Sender not Authorized/i.test(
      codes + reason,
    );
    throw new AppError(
      refused ? "ONVIF_REFUSED" : "ONVIF_FAULT",
      refused ? "The device refuses the user name or password" : `The device will not: ${readable}`,
    );
  }
  if (typeof body === "object" && body !== null) return body as XmlNode;
  if (body === "") return {};
  throw new AppError("ONVIF_BROKEN", "The device's answer cannot be read: it is no SOAP message");
}
