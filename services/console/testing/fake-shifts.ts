import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { Shift } from "../api/types.ts";

const HOUR_MS = 3_600_000;
const iso = (at_ms: number) => new Date(at_ms).toISOString();

/** Shifts of a small town: one that a colleague left, and one's own once it is begun. */
export function fakeShifts() {
  const now_ms = Date.now();
  const shifts: Shift[] = [
    {
      ...{
        id: "2026-11-000000b2",
        tenant: "verba",
        login: "olena",
        purpose: "Чергування в ситуаційному центрі",
      },
      ...{ began_at: iso(now_ms - 14 * HOUR_MS), ended_at: iso(now_ms - 2 * HOUR_MS) },
      hand_over: {
        note: "Хвіртка будинку 4 не зачиняється. Патруль обіцяв перевірити до 18:00.",
        incidents: ["1"],
      },
    },
    {
      ...{
        id: "2026-11-000000a1",
        tenant: "verba",
        login: "petro",
        purpose: "Чергування в ситуаційному центрі",
      },
      ...{ began_at: iso(now_ms - 26 * HOUR_MS), ended_at: iso(now_ms - 14 * HOUR_MS) },
      hand_over: { incidents: [], accepted_by: "olena", accepted_at: iso(now_ms - 14 * HOUR_MS) },
    },
  ];

  function change(id: string | undefined, what: string | undefined, body: Record<string, string>): object {
    const now = new Date().toISOString();
    const at = shifts.findIndex((each) => each.id === id);
    const before = shifts[at];
    if (!before) {
      const begun = {
        id: "2026-11-000000c3",
        tenant: "verba",
        login: "guest",
        purpose: body["purpose"] ?? "",
        began_at: now,
      };
      shifts.unshift(begun);
      return begun;
    }
    const after: Shift =
      what === "end"
        ? { ...before, ended_at: now, hand_over: { ...body, incidents: [] } }
        : {
            ...before,
            hand_over: { incidents: [], ...before.hand_over, accepted_by: "guest", accepted_at: now },
          };
    shifts[at] = after;
    return what === "end" ? after : { shift: after, taken: after.hand_over?.incidents ?? [] };
  }

  /** Undefined for an address that is none of a shift. */
  return ({ pathname }: URL) => {
    const [found, id, what] = /^\/v1\/shifts(?:\/([^/]+)\/(end|accept))?$/.exec(pathname) ?? [];
    if (!found) return undefined;
    return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const own = shifts.find(({ login, ended_at }) => login === "guest" && ended_at === undefined);
      const asked = request.method === "POST" && what !== "accept" ? await json(request) : {};
      const body =
        request.method === "POST"
          ? change(id, what, asked as Record<string, string>)
          : { shifts, ...(own && { own }) };
      response.writeHead(request.method === "POST" && !id ? 201 : 200, {
        "content-type": "application/json",
      });
      response.end(JSON.stringify(body));
    };
  };
}
