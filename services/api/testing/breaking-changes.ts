type Json = unknown;
type Fields = Readonly<Record<string, Json>>;

const METHODS = ["get", "put", "post", "delete", "patch"] as const;
/** Schemas that hold themselves are followed so far. */
const DEPTH_MAX = 12;

/**
 * What programs written for the older description could not live with in the newer one: an operation, parameter, field or answer that is
 * gone, something newly required, a narrower input, a wider output. Both OpenAPI 3.1; added things never break.
 * @returns a line each, sorted.
 */
export function listBreakingChanges(older: Fields, newer: Fields): readonly string[] {
  const found: string[] = [];
  for (const [path, methods] of Object.entries(fields(older["paths"]))) {
    for (const method of METHODS) {
      const before = fields(methods)[method];
      if (before === undefined) continue;
      const after = fields(fields(newer["paths"])[path])[method];
      const where = `${method} ${path}`;
      if (after === undefined) found.push(`${where}: is gone`);
      else compareOperations(fields(before), fields(after), { where, found, older, newer, depth: 0 });
    }
  }
  return [...new Set(found)].sort();
}

type Place = {
  readonly where: string;
  readonly found: string[];
  readonly older: Fields;
  readonly newer: Fields;
  readonly depth: number;
};

function compareOperations(before: Fields, after: Fields, place: Place): void {
  if (before["operationId"] !== after["operationId"]) place.found.push(`${place.where}: operationId changed`);
  const known = list(before["parameters"]).map(fields);
  const now = list(after["parameters"]).map(fields);
  const sameOf = (each: Fields, all: readonly Fields[]) =>
    all.find((other) => other["name"] === each["name"] && other["in"] === each["in"]);
  for (const each of known) {
    const other = sameOf(each, now);
    const at = { ...place, where: `${place.where} ${each["in"]} ${each["name"]}` };
    if (!other) at.found.push(`${at.where}: is gone`);
    else compareSchemas(each["schema"], other["schema"], at, "input");
  }
  for (const each of now) {
    const required = each["required"] === true && sameOf(each, known)?.["required"] !== true;
    if (required) place.found.push(`${place.where} ${each["in"]} ${each["name"]}: is required now`);
  }
  compareSchemas(bodyOf(before), bodyOf(after), { ...place, where: `${place.where} body` }, "input");
  for (const [status, answer] of Object.entries(fields(before["responses"]))) {
    if (!status.startsWith("2")) continue;
    const other = fields(after["responses"])[status];
    const at = { ...place, where: `${place.where} ${status}` };
    if (other === undefined) at.found.push(`${at.where}: is gone`);
    else compareContents(fields(answer), fields(other), at);
  }
}

function compareContents(before: Fields, after: Fields, place: Place): void {
  for (const [media_type, content] of Object.entries(fields(before["content"]))) {
    const other = fields(after["content"])[media_type];
    if (other === undefined) place.found.push(`${place.where}: no longer in ${media_type}`);
    else compareSchemas(fields(content)["schema"], fields(other)["schema"], place, "output");
  }
}

function compareSchemas(given: Json, other: Json, place: Place, side: "input" | "output"): void {
  if (place.depth > DEPTH_MAX || (given === undefined && side === "output")) return;
  const before = resolved(given, place.older);
  const after = resolved(other, place.newer);
  const deeper = { ...place, depth: place.depth + 1 };
  if (String(before["type"]) !== String(after["type"]) && before["type"] !== undefined) {
    place.found.push(`${place.where}: was ${before["type"]}, is ${after["type"] ?? "anything"}`);
    return;
  }
  compareChoices(before, after, place, side);
  compareFields(before, after, deeper, side);
  if (before["items"] !== undefined) {
    compareSchemas(before["items"], after["items"], { ...deeper, where: `${place.where}[]` }, side);
  }
}

/** Of an input each old value must still be taken; of an output no value may come that was never named. */
function compareChoices(
  before: Fields,
  after: Fields,
  { where, found }: Place,
  side: "input" | "output",
): void {
  const [known, now] = [list(before["enum"]), list(after["enum"])];
  if (known.length === 0) return;
  const [wanted, allowed] = side === "input" ? [known, now] : [now, known];
  if (side === "input" && now.length === 0) return;
  for (const each of wanted) if (!allowed.includes(each)) found.push(`${where}: ${side} value ${each}`);
}

function compareFields(before: Fields, after: Fields, place: Place, side: "input" | "output"): void {
  const [known, now] = [fields(before["properties"]), fields(after["properties"])];
  const [needed, needs] = [list(before["required"]), list(after["required"])];
  for (const [name, schema] of Object.entries(known)) {
    const where = `${place.where}.${name}`;
    if (!(name in now)) place.found.push(`${where}: is gone`);
    else compareSchemas(schema, now[name], { ...place, where }, side);
    const lost = side === "output" && needed.includes(name) && !needs.includes(name);
    if (lost && name in now) place.found.push(`${where}: is no longer always there`);
  }
  for (const name of side === "input" ? needs : []) {
    if (!needed.includes(name)) place.found.push(`${place.where}.${name}: is required now`);
  }
}

function bodyOf(operation: Fields): Json {
  return fields(fields(fields(operation["requestBody"])["content"])["application/json"])["schema"];
}

function resolved(schema: Json, document: Fields): Fields {
  const reference = fields(schema)["$ref"];
  if (typeof reference !== "string") return fields(schema);
  const steps = reference.slice(2).split("/");
  return fields(steps.reduce<Json>((at, step) => fields(at)[step], document));
}

function fields(value: Json): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
