import { AppError } from "@yardline/domain/errors";
import { XMLParser } from "fast-xml-parser";

/** An element as parsed: attributes begin with `@`, a lone text is a string, children of one name may be several. */
export type XmlNode = { readonly [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  // Ours, below: a document cannot define its own, so none can grow.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
});

/**
 * Parses what a device sent. A document type is refused before the parser sees it (SOAP 1.2, part 1, 5: there must be none), so that
 * there are no entities to expand and no files to fetch.
 * @throws AppError `ONVIF_BROKEN`.
 */
export function parseXml(text: string): XmlNode {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw broken("a document type");
  try {
    const parsed: unknown = parser.parse(text);
    if (isNode(parsed)) return parsed;
  } catch {
    // Told below; the parser's words may quote what the device sent.
  }
  throw broken("no XML");
}

/** All elements at the end of a path of local names. */
export function listNodes(node: unknown, path: readonly string[]): readonly unknown[] {
  return path.reduce<readonly unknown[]>(
    (nodes, name) =>
      nodes.flatMap((each) => {
        if (!isNode(each) || !Object.hasOwn(each, name)) return [];
        const child: unknown = each[name];
        return Array.isArray(child) ? child : [child];
      }),
    [node],
  );
}

/** The first element at the end of a path. */
export function findNode(node: unknown, ...path: readonly string[]): unknown {
  return listNodes(node, path)[0];
}

/** The text, or an attribute (`@token`), at the end of a path. */
export function findText(node: unknown, ...path: readonly string[]): string | undefined {
  const found = findNode(node, ...path);
  const text: unknown = isNode(found) ? found["#text"] : found;
  return typeof text === "string" ? unescaped(text) : undefined;
}

/** The number at the end of a path. */
export function findNumber(node: unknown, ...path: readonly string[]): number | undefined {
  const text = findText(node, ...path);
  const number = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

export function isNode(value: unknown): value is XmlNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const CODE_POINT_MAX = 0x10ffff;

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= CODE_POINT_MAX ? String.fromCodePoint(code) : whole;
  });
}

/** For what we write: an element's text or an attribute's value. */
export function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "amp",
    "<": "lt",
    ">": "gt",
    '"': "quot",
    "'": "apos",
  };
  return text.replaceAll(/[&<>"']/g, (sign) => `&${names[sign]};`);
}

function broken(what: string): AppError {
  return new AppError("ONVIF_BROKEN", `The device's answer cannot be read: it holds ${what}`);
}
