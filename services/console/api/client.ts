import { noteServerTime } from "./server-clock.ts";
import type {
  AnswerOf,
  AskedChange,
  AskedEvidence,
  AskedOrder,
  AskedReminder,
  AskOf,
  DayReplay,
  LineCollection,
  LineDay,
  PathOf,
  Report,
  SegmentCollection,
  Session,
  StopCollection,
  Town,
  VehicleCollection,
} from "./types.ts";

/** The API answered that it will not, or did not answer at all (`status` 0). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** Stable, as `login-wrong`; empty where there was no answer. */
  readonly kind: string;
  /** What is wrong with a form, by the JSON pointer of the field; "": the whole. */
  readonly fields: readonly { readonly at: string; readonly message: string }[];

  constructor(
    status: number,
    message: string,
    { kind = "", fields = [], cause }: { kind?: string; fields?: ApiProblem["fields"]; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.kind = kind;
    this.fields = fields;
  }
}

/** An answer that takes longer is given up and asked for again. */
const ANSWER_MS_MAX = 15_000;
/** A year's days of every line are gone through in about a minute. */
const REPORT_MS_MAX = 120_000;

export const eventStreamPath = "/v1/events/stream" satisfies PathOf<"get">;

/** @param query as it stands in an address, `?` included. */
export const listEvents = (query: string, signal: AbortSignal) => get("/v1/events", {}, signal, query);

export const getEvent = (occurrence: string, signal: AbortSignal) =>
  get("/v1/events/{occurrence}", { path: { occurrence } }, signal);

export const listEventNeighbours = (occurrence: string, signal: AbortSignal) =>
  get("/v1/events/{occurrence}/neighbours", { path: { occurrence } }, signal, "?limit=200");

export const listCameras = async (signal: AbortSignal) => (await get("/v1/cameras", {}, signal)).cameras;

export const pauseCamera = (camera: string, body: AskOf<"post", "/v1/cameras/{camera}/pause">["body"]) =>
  send("post", "/v1/cameras/{camera}/pause", { path: { camera }, body });
export const resumeCamera = (camera: string, body: AskOf<"post", "/v1/cameras/{camera}/pause/end">["body"]) =>
  send("post", "/v1/cameras/{camera}/pause/end", { path: { camera }, body });

/** @param query as it stands in an address, `?` included. */
export const listPassages = (query: string, signal: AbortSignal) => get("/v1/passages", {}, signal, query);

// The description cannot say how many numbers a place or its bounds have.
export const getTown = async (signal: AbortSignal) => (await get("/v1/town", {}, signal)) as Town;
export const listStops = async (signal: AbortSignal) =>
  (await get("/v1/stops", {}, signal)) as StopCollection;
export const listLines = async (signal: AbortSignal) =>
  (await get("/v1/lines", {}, signal)) as LineCollection;
export const listVehicles = async (signal: AbortSignal) =>
  (await get("/v1/vehicles", {}, signal)) as VehicleCollection;

export const getArrivals = (stop_id: string, signal: AbortSignal) =>
  get("/v1/stops/{stop_id}/arrivals", { path: { stop_id } }, signal);

export const getStopTimetable = (stop_id: string, signal: AbortSignal) =>
  get("/v1/stops/{stop_id}/timetable", { path: { stop_id } }, signal);

export const getPushKey = (signal: AbortSignal) => get("/v1/push-key", {}, signal);
export const addReminder = (body: AskedReminder) => send("post", "/v1/reminders", { body });
export const removeReminder = (id: string) => send("delete", "/v1/reminders/{id}", { path: { id } });

/** @param path of `/v1/review/{report}`, filled in, with its query. A long one is counted for as long as the API waits. */
export const getReport = (path: string, signal: AbortSignal) =>
  answered<Report>(path, { cache: "no-cache" }, signal, { wait_ms: REPORT_MS_MAX });
/** @param path of `/v1/review/line-day`, with its query. */
export const getLineDay = (path: string, signal: AbortSignal) =>
  answered<LineDay>(path, { cache: "no-cache" }, signal, { wait_ms: REPORT_MS_MAX });
/** @param path of `/v1/review/replay`, with its query. */
export const getReplay = (path: string, signal: AbortSignal) =>
  answered<DayReplay>(path, { cache: "no-cache" }, signal, { wait_ms: REPORT_MS_MAX });
export const listSegments = async (signal: AbortSignal) =>
  (await get("/v1/review/segments", {}, signal)) as SegmentCollection;

export const listBlocks = async (signal: AbortSignal) => (await get("/v1/blocks", {}, signal)).blocks;
export const listDispatchVehicles = async (signal: AbortSignal) =>
  (await get("/v1/dispatch/vehicles", {}, signal)).vehicles;
export const listOrders = (signal: AbortSignal) => get("/v1/orders", {}, signal);
export const giveOrder = (body: AskedOrder) => send("post", "/v1/orders", { body });
export const undoOrder = (id: string, body: AskOf<"post", "/v1/orders/{id}/undo">["body"]) =>
  send("post", "/v1/orders/{id}/undo", { path: { id }, body });

/** @param query as it stands in an address, `?` included. */
export const listIncidents = async (query: string, signal: AbortSignal) =>
  (await get("/v1/incidents", {}, signal, query)).incidents;
export const getIncident = (id: string, signal: AbortSignal) =>
  get("/v1/incidents/{id}", { path: { id } }, signal);
export const listIncidentEntries = async (id: string, signal: AbortSignal) =>
  (await get("/v1/incidents/{id}/log", { path: { id } }, signal)).entries;
export const openIncident = (body: AskOf<"post", "/v1/incidents">["body"]) =>
  send("post", "/v1/incidents", { body });
/** @param revision that the person saw. */
export const changeIncident = (id: string, revision: number, body: AskedChange) =>
  send("post", "/v1/incidents/{id}/changes", { path: { id }, body }, { "if-match": `"${revision}"` });
/**
 * A note is kept whatever has happened to the incident meanwhile.
 * @param once the same for the same note: one whose answer was lost is not kept twice.
 */
export const noteIncident = (id: string, text: string, once: string) =>
  send(
    "post",
    "/v1/incidents/{id}/changes",
    { path: { id }, body: { do: "note", text } },
    { "idempotency-key": once },
  );
export const incidentStreamPath = "/v1/incidents/stream" satisfies PathOf<"get">;
export const getIncidentLock = async (id: string, signal: AbortSignal) =>
  (await get("/v1/incidents/{id}/lock", { path: { id } }, signal)).lock;
export const lockIncident = (id: string, take_over: boolean) =>
  send("put", "/v1/incidents/{id}/lock", { path: { id }, body: { take_over } });
export const unlockIncident = (id: string) => send("delete", "/v1/incidents/{id}/lock", { path: { id } });

export const listShifts = (signal: AbortSignal) => get("/v1/shifts", {}, signal);
export const beginShift = (purpose: string) => send("post", "/v1/shifts", { body: { purpose } });
export const endShift = (id: string, body: AskOf<"post", "/v1/shifts/{id}/end">["body"]) =>
  send("post", "/v1/shifts/{id}/end", { path: { id }, body });
export const acceptShift = (id: string) => send("post", "/v1/shifts/{id}/accept", { path: { id } });

export const listEvidence = async (signal: AbortSignal) => (await get("/v1/evidence", {}, signal)).evidence;
export const getEvidence = (evidence: string, signal: AbortSignal) =>
  get("/v1/evidence/{evidence}", { path: { evidence } }, signal);
export const getEvidenceKey = (signal: AbortSignal) => get("/v1/evidence/key", {}, signal);
export const askEvidence = (body: AskedEvidence) => send("post", "/v1/evidence", { body });
export const decideEvidence = (evidence: string, word: "approve" | "refuse" | "withdraw") =>
  send("post", `/v1/evidence/{evidence}/${word}`, { path: { evidence } });
export const linkEvidence = (evidence: string) =>
  send("post", "/v1/evidence/{evidence}/link", { path: { evidence } });
export const handOverEvidence = (
  evidence: string,
  body: AskOf<"post", "/v1/evidence/{evidence}/hand-overs">["body"],
) => send("post", "/v1/evidence/{evidence}/hand-overs", { path: { evidence }, body });

export const reportMissing = (stop_id: string, body: AskOf<"post", "/v1/stops/{stop_id}/reports">["body"]) =>
  send("post", "/v1/stops/{stop_id}/reports", { path: { stop_id }, body });

export const getSession = (signal: AbortSignal) => get("/v1/session", {}, signal);

export const signIn = (body: AskOf<"post", "/v1/session">["body"]) => send("post", "/v1/session", { body });

export const makeFirstAccount = (body: AskOf<"post", "/v1/set-up">["body"]) =>
  send("post", "/v1/set-up", { body });

/** @returns who one is then. */
export async function signOut(): Promise<Session> {
  await send("delete", "/v1/session", {});
  return getSession(AbortSignal.timeout(ANSWER_MS_MAX));
}

export const changePassword = (body: AskOf<"put", "/v1/account/password">["body"]) =>
  send("put", "/v1/account/password", { body });
export const offerTotp = (body: AskOf<"post", "/v1/account/totp">["body"]) =>
  send("post", "/v1/account/totp", { body });
export const confirmTotp = (body: AskOf<"put", "/v1/account/totp">["body"]) =>
  send("put", "/v1/account/totp", { body });
export const removeTotp = (body: AskOf<"post", "/v1/account/totp/removal">["body"]) =>
  send("post", "/v1/account/totp/removal", { body });
export const listOwnSessions = async (signal: AbortSignal) =>
  (await get("/v1/account/sessions", {}, signal)).sessions;
export const endOwnSession = (id: string) => send("delete", "/v1/account/sessions/{id}", { path: { id } });

const SIGNED_OUT = "yardline-signed-out";

/** Calls back whenever an answer says that one must sign in. @returns how to stop. */
export function onSignedOut(tell: () => void): () => void {
  addEventListener(SIGNED_OUT, tell);
  return () => removeEventListener(SIGNED_OUT, tell);
}

/** What some questions need beside: answers that are no refusal though their status says so, more time. */
type How = {
  readonly alsoGood?: readonly number[];
  readonly wait_ms?: number;
  /** What the answer says beside its body, as its tag. */
  readonly onHeaders?: (headers: Headers) => void;
};

/** @param query as it stands in an address, `?` included. @throws ApiProblem */
export async function get<Path extends PathOf<"get">>(
  path: Path,
  ask: AskOf<"get", Path>,
  signal: AbortSignal,
  query = "",
  how: How = {},
): Promise<AnswerOf<"get", Path>> {
  // What is kept is asked about each time; the answer to that is mostly a short "as before".
  return answered(addressOf(path, ask.path) + query, { cache: "no-cache" }, signal, how);
}

/** @throws ApiProblem */
export async function send<By extends "post" | "put" | "patch" | "delete", Path extends PathOf<By>>(
  method: By,
  path: Path,
  ask: AskOf<By, Path>,
  headers: Readonly<Record<string, string>> = {},
  how: How = {},
): Promise<AnswerOf<By, Path>> {
  const request = {
    method: method.toUpperCase(),
    headers: { ...(ask.body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(ask.body !== undefined && { body: JSON.stringify(ask.body) }),
  };
  return answered(addressOf(path, ask.path), request, new AbortController().signal, how);
}

/** Bytes as they are. @param query as it stands in an address, `?` included. @throws ApiProblem */
export async function sendBytes<Path extends PathOf<"put">>(
  path: Path,
  { path: names }: Pick<AskOf<"put", Path>, "path">,
  query: string,
  body: ArrayBuffer,
  how: How,
): Promise<AnswerOf<"put", Path>> {
  const headers = { "content-type": "application/octet-stream" };
  const request = { method: "PUT", headers, body };
  return answered(addressOf(path, names) + query, request, new AbortController().signal, how);
}

/** The address with its names filled in. */
function addressOf(path: string, names: object | undefined): string {
  const values = new Map(Object.entries(names ?? {}));
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
}

/** Trusts the shape of what our own server, from the same schemas, has said. */
async function answered<Answer>(
  path: string,
  request: RequestInit,
  signal: AbortSignal,
  { alsoGood = [], wait_ms = ANSWER_MS_MAX, onHeaders }: How = {},
): Promise<Answer> {
  const response = await fetch(path, {
    ...request,
    headers: { accept: "application/json", ...request.headers },
    signal: AbortSignal.any([signal, AbortSignal.timeout(wait_ms)]),
  }).catch((cause: unknown) => {
    throw new ApiProblem(0, "no answer", { cause });
  });
  noteServerTime(response.headers.get("date"));
  if (!response.ok && !alsoGood.includes(response.status)) throw await problemOf(response);
  onHeaders?.(response.headers);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as {
    type?: string;
    title?: string;
    detail?: string;
    fields?: ApiProblem["fields"];
  };
  const kind = problem.type?.split(":").at(-1) ?? "";
  if (kind === "sign-in") dispatchEvent(new Event(SIGNED_OUT));
  const said = problem.detail ?? problem.title ?? response.statusText;
  return new ApiProblem(response.status, said, { kind, fields: problem.fields ?? [] });
}
