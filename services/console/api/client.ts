import type {
  ApiEvent,
  Camera,
  EventPage,
  LineCollection,
  StopArrivals,
  StopCollection,
  Town,
  VehicleCollection,
} from "./types.ts";

/** The API answered that it will not, or did not answer at all (`status` 0). */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
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

/** Trusts the shape of what our own server, from the same schemas, has said. */
async function get<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    // What is kept is asked about each time; the answer to that is mostly a short "as before".
    cache: "no-cache",
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]),
  }).catch((cause: unknown) => {
    throw new ApiProblem(0, "no answer", cause);
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  return new ApiProblem(response.status, problem.detail ?? problem.title ?? response.statusText);
}
