import type {
  ApiEvent,
  Camera,
  EventPage,
  LineCollection,
  Report,
  Session,
  StopArrivals,
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

  constructor(
    status: number,
    message: string,
    { kind = "", cause }: { kind?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.status = status;
    this.kind = kind;
  }
}

/** An answer that takes longer is given up and asked for again. */
const ANSWER_MS_MAX = 15_000;

export const eventStreamPath = "/v1/events/stream";

export const getTown = (signal: AbortSignal) => get<Town>("/v1/town", signal);

export const listEvents = (query: string, signal: AbortSignal) =>
  get<EventPage>(`/v1/events${query}`, signal);

export const getEvent = (occurrence: string, signal: AbortSignal) =>
  get<ApiEvent>(`/v1/events/${encodeURIComponent(occurrence)}`, signal);

export const listCameras = async (signal: AbortSignal) =>
  (await get<{ cameras: readonly Camera[] }>("/v1/cameras", signal)).cameras;

export const listStops = (signal: AbortSignal) => get<StopCollection>("/v1/stops", signal);
export const listLines = (signal: AbortSignal) => get<LineCollection>("/v1/lines", signal);
export const listVehicles = (signal: AbortSignal) => get<VehicleCollection>("/v1/vehicles", signal);

export const getArrivals = (stop_id: string, signal: AbortSignal) =>
  get<StopArrivals>(`/v1/stops/${encodeURIComponent(stop_id)}/arrivals`, signal);

export const getReport = (path: string, signal: AbortSignal) => get<Report>(path, signal);

export const getSession = (signal: AbortSignal) => get<Session>("/v1/session", signal);

export const signIn = (body: { login: string; password: string; code?: string }) =>
  send<Session>("POST", "/v1/session", body);

export const makeFirstAccount = (body: { token: string; login: string; name: string; password: string }) =>
  send<undefined>("POST", "/v1/set-up", body);

/** @returns who one is then. */
export async function signOut(): Promise<Session> {
  await send<undefined>("DELETE", "/v1/session");
  return getSession(AbortSignal.timeout(ANSWER_MS_MAX));
}

const SIGNED_OUT = "yardline-signed-out";

/** Calls back whenever an answer says that one must sign in. @returns how to stop. */
export function onSignedOut(tell: () => void): () => void {
  addEventListener(SIGNED_OUT, tell);
  return () => removeEventListener(SIGNED_OUT, tell);
}

/** Trusts the shape of what our own server, from the same schemas, has said. */
async function get<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  // What is kept is asked about each time; the answer to that is mostly a short "as before".
  return answered<Answer>(path, { cache: "no-cache" }, signal);
}

async function send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const json = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return answered<Answer>(path, { method, ...json }, new AbortController().signal);
}

async function answered<Answer>(path: string, request: RequestInit, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    ...request,
    headers: { accept: "application/json", ...request.headers },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
  }).catch((cause: unknown) => {
    throw new ApiProblem(0, "no answer", { cause });
  });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as {
    type?: string;
    title?: string;
    detail?: string;
  };
  const kind = problem.type?.split(":").at(-1) ?? "";
  if (kind === "sign-in") dispatchEvent(new Event(SIGNED_OUT));
  return new ApiProblem(response.status, problem.detail ?? problem.title ?? response.statusText, { kind });
}
