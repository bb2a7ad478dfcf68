import { get, send, sendBytes } from "./client.ts";
import type {
  AskOf,
  CameraSettings,
  Health,
  NewPerson,
  Person,
  PersonChange,
  RequestStep,
  SetUpStill,
} from "./types.ts";

type SectionSent = {
  readonly value: unknown;
  /** Typed anew, by the JSON pointer of the field. */
  readonly secrets: readonly { readonly at: string; readonly text: string }[];
};

/** A log of years is read in minutes. */
const PROOF_MS_MAX = 300_000;

/** How everything is; one that is not well answers too. */
export const getHealth = async (signal: AbortSignal): Promise<Health> =>
  get("/healthz", {}, signal, "", { alsoGood: [503] });

export const listPeople = async (signal: AbortSignal) => (await get("/v1/people", {}, signal)).people;
export const addPerson = (body: NewPerson) => send("post", "/v1/people", { body });
/** Whoever saw an older state is told (412), and overwrites nothing. */
export const changePerson = ({ login, revision }: Person, body: PersonChange) =>
  send("patch", "/v1/people/{login}", { path: { login }, body }, { "if-match": `"${revision}"` });

export const listUnknownTrackers = async (signal: AbortSignal) =>
  (await get("/v1/trackers/unknown", {}, signal)).trackers;
export const adoptTracker = (body: AskOf<"post", "/v1/trackers">["body"]) =>
  send("post", "/v1/trackers", { body });

/** @param query as it stands in an address, `?` included. */
export const listAuditEntries = (query: string, signal: AbortSignal) => get("/v1/audit", {}, signal, query);
export const proveAuditLog = (checkpoints: string) =>
  send(
    "post",
    "/v1/audit/proof",
    { body: checkpoints === "" ? {} : { checkpoints } },
    {},
    { wait_ms: PROOF_MS_MAX },
  );

/** A probe listens for seconds, and may wait for others. */
const PROBE_MS_MAX = 90_000;

export const getSettings = (signal: AbortSignal) => get("/v1/settings", {}, signal);
export const listCameraSettings = async (signal: AbortSignal): Promise<readonly CameraSettings[]> =>
  (await get("/v1/settings/cameras", {}, signal)).cameras;
export const getCameraSettings = (camera: string, signal: AbortSignal): Promise<CameraSettings> =>
  get("/v1/settings/cameras/{camera}", { path: { camera } }, signal);
/** @param seen the revision that was read; 0 for a camera that is not there yet. */
export const writeCameraSettings = (
  camera: string,
  seen: number,
  body: { readonly settings: Readonly<Record<string, unknown>>; readonly address?: string },
) =>
  send(
    "put",
    "/v1/settings/cameras/{camera}",
    { path: { camera }, body: { ...body, settings: { ...body.settings } } },
    { "if-match": `"${seen}"` },
  );
export const removeCameraSettings = (camera: string, seen: number) =>
  send("delete", "/v1/settings/cameras/{camera}", { path: { camera } }, { "if-match": `"${seen}"` });
export const listSectionSettings = async (signal: AbortSignal) =>
  (await get("/v1/settings/sections", {}, signal)).sections;
export const getSectionSettings = (section: string, signal: AbortSignal) =>
  get("/v1/settings/sections/{section}", { path: { section } }, signal);
/** @param seen the revision that was read; 0 where no page has set it. */
export const writeSectionSettings = (section: string, seen: number, { value, secrets }: SectionSent) =>
  send(
    "put",
    "/v1/settings/sections/{section}",
    { path: { section }, body: { value, secrets: secrets.map((each) => ({ ...each })) } },
    { "if-match": `"${seen}"` },
  );
export const removeSectionSettings = (section: string, seen: number) =>
  send("delete", "/v1/settings/sections/{section}", { path: { section } }, { "if-match": `"${seen}"` });
export const probeCamera = (address: string) =>
  send("post", "/v1/camera-probes", { body: { address } }, {}, { wait_ms: PROBE_MS_MAX });
export const takeStill = (camera: string) =>
  send("post", "/v1/cameras/{camera}/still", { path: { camera } }, {}, { wait_ms: PROBE_MS_MAX });
export const stillPath = ({ id }: SetUpStill) => `/v1/stills/${encodeURIComponent(id)}`;

/** A large feed is checked for minutes, and may wait for others. */
const CHECK_MS_MAX = 300_000;

export const listTimetables = (signal: AbortSignal) => get("/v1/timetables", {}, signal);
/** @param place whose piece of which file it is. The answer to the last piece is what the town made of the file. */
export const sendTimetablePiece = (
  feed: string,
  { name, of, at }: { readonly name: string; readonly of: number; readonly at: number },
  piece: ArrayBuffer,
) => {
  const query = `?name=${encodeURIComponent(name)}&of=${of}&at=${at}`;
  return sendBytes("/v1/timetables/{feed}/offer", { path: { feed } }, query, piece, {
    wait_ms: CHECK_MS_MAX,
  });
};
export const dropTimetableOffer = (feed: string) =>
  send("delete", "/v1/timetables/{feed}/offer", { path: { feed } });
export const chooseTimetable = (feed: string, body: AskOf<"post", "/v1/timetables/{feed}/choices">["body"]) =>
  send("post", "/v1/timetables/{feed}/choices", { path: { feed }, body });
/** @param newest as the person saw it. */
export const returnToTimetable = (feed: string, newest: string) =>
  send("post", "/v1/timetables/{feed}/returns", { path: { feed }, body: { newest } });
export const checkTimetable = (feed: string, version: string, signal: AbortSignal) =>
  get("/v1/timetables/{feed}/versions/{version}/findings", { path: { feed, version } }, signal, "", {
    wait_ms: CHECK_MS_MAX,
  });

export const listPublicCameras = (signal: AbortSignal) => get("/v1/public/cameras", {}, signal);
export const listHolds = async (signal: AbortSignal) => (await get("/v1/holds", {}, signal)).holds;
export const releaseHold = (hold: string, reason: string) =>
  send("post", "/v1/holds/{hold}/release", { path: { hold }, body: { reason } });
export const listRequests = async (signal: AbortSignal) => (await get("/v1/requests", {}, signal)).requests;
export const recordRequest = (body: AskOf<"post", "/v1/requests">["body"]) =>
  send("post", "/v1/requests", { body });
export const takeRequestStep = (request: string, body: RequestStep) =>
  send("post", "/v1/requests/{request}/steps", { path: { request }, body });
export const listEvidence = async (signal: AbortSignal) => (await get("/v1/evidence", {}, signal)).evidence;
export const decideEvidence = (evidence: string, word: "approve" | "refuse") =>
  word === "approve"
    ? send("post", "/v1/evidence/{evidence}/approve", { path: { evidence } })
    : send("post", "/v1/evidence/{evidence}/refuse", { path: { evidence } });
