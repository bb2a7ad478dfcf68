import { get, send } from "./client.ts";
import type { AskOf, Health, NewPerson, Person, PersonChange } from "./types.ts";

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
