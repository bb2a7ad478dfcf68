import { AppError } from "@yardline/domain/errors";
import type { Clock } from "@yardline/domain/time";
import type { Records } from "@yardline/records/records";
import { Value } from "typebox/value";
import {
  dueOf,
  type NewSubjectRequest,
  type RequestStep,
  SubjectRequest,
  stateOf,
  takeStep,
} from "./subject-request.ts";

const KIND = "subject-request";
/** Open ones at once: a flood of them is for people to stop. */
const OPEN_MAX = 1_000;
/** Who asked is forgotten so long after it was answered; that somebody asked, and what came of it, stays. */
const REQUESTER_MS = 365 * 86_400_000;

/** What people who were filmed ask for, and until when they must have their answer. */
export type RequestRegister = {
  list(): Promise<readonly SubjectRequest[]>;
  find(id: string): Promise<SubjectRequest | undefined>;
  /** @throws AppError `REQUEST_WRONG`, `REQUESTS_FULL`; those of Records. */
  record(asked: NewSubjectRequest, by: string): Promise<SubjectRequest>;
  /** @throws AppError `REQUEST_UNKNOWN`, `REQUEST_STEP`; those of Records. */
  take(id: string, step: RequestStep, by: string): Promise<SubjectRequest>;
  /** What the privacy officer must not forget, for a person; undefined while nothing is due. */
  reminder(): { readonly overdue: number; readonly soon: number; readonly date: string } | undefined;
  /** Forgets who asked, where that was long ago, and counts anew what is due. */
  refresh(): Promise<void>;
};

export function openRequests(
  records: Records,
  clock: Pick<Clock, "now_ms">,
  newId: () => string,
): RequestRegister {
  let open: readonly SubjectRequest[] = [];

  async function list(): Promise<readonly SubjectRequest[]> {
    const rows = await records.list(KIND);
    const all = rows.flatMap(({ value }) => (Value.Check(SubjectRequest, value) ? [value] : []));
    open = all.filter(({ closed }) => !closed);
    return all;
  }

  async function find(id: string) {
    const row = await records.find(KIND, id);
    return row && Value.Check(SubjectRequest, row.value) ? { row, request: row.value } : undefined;
  }

  return {
    list,
    find: async (id) => (await find(id))?.request,
    async record(asked, by) {
      const { received_at_ms, about } = asked;
      if (about.from_ms >= about.to_ms || received_at_ms > clock.now_ms()) {
        const message = "The time that it is about ends after it begins, and it was received before now.";
        throw new AppError("REQUEST_WRONG", message);
      }
      await list();
      if (open.length >= OPEN_MAX)
        throw new AppError("REQUESTS_FULL", `${OPEN_MAX} requests are open; close some.`);
      const request: SubjectRequest = { ...asked, id: newId(), recorded_by: by };
      await records.write([{ kind: KIND, id: request.id, expected: 0, value: request }]);
      open = [...open, request];
      return request;
    },
    async take(id, step, by) {
      const found = await find(id);
      if (!found) throw new AppError("REQUEST_UNKNOWN", "There is no such request.");
      const value = takeStep(found.request, step, { by, at_ms: clock.now_ms() });
      if (typeof value === "string") throw new AppError("REQUEST_STEP", value);
      await records.write([{ kind: KIND, id, expected: found.row.revision, value }]);
      await list();
      return value;
    },
    reminder() {
      const states = open.map((each) => stateOf(each, clock.now_ms()));
      const [late, soon] = [
        states.filter((each) => each === "overdue"),
        states.filter((each) => each === "due-soon"),
      ];
      if (late.length + soon.length === 0) return undefined;
      const next = new Date(Math.min(...open.map(dueOf))).toISOString().slice(0, 10);
      return { overdue: late.length, soon: soon.length, date: next };
    },
    async refresh() {
      const now_ms = clock.now_ms();
      for (const { id, closed, requester } of await list()) {
        if (!closed || !requester || closed.at_ms + REQUESTER_MS > now_ms) continue;
        const found = await find(id);
        if (!found) continue;
        const { requester: _, ...value } = found.request;
        await records.write([{ kind: KIND, id, expected: found.row.revision, value }]);
      }
    },
  };
}
