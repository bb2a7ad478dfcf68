import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import type { AskedEvidence, Evidence } from "../api/types.ts";

const HOUR_MS = 3_600_000;
const FINGERPRINT = "9f2b6c51d0a84e7789c3a1f0e4b2d6c8a7f1e0d3b5c7990214365870a9b8c7d6";
const iso = (at_ms: number) => new Date(at_ms).toISOString();

/** Exports in every state; `e1` waits for somebody else's word, `e2` is ready. */
export function fakeEvidence() {
  const now_ms = Date.now();
  const period = { camera: "yard", from: iso(now_ms - 9 * HOUR_MS), to: iso(now_ms - 9 * HOUR_MS + 25_000) };
  const of = (id: string, state: Evidence["state"], change: Partial<Evidence> = {}): Evidence => ({
    ...{
      id,
      state,
      form: "redacted",
      progress: 0,
      periods: [period],
      events: [],
      purpose: "Крадіжка велосипеда, заява 12/345",
    },
    legal_basis: { ground: "police-request", reference: "запит № 12/345 від 29.11.2026" },
    ...{ asked_by: "olena", asked_at: iso(now_ms - 3 * HOUR_MS), handed: [], ...change },
  });
  const made = {
    decided_by: "petro",
    made_at: iso(now_ms - 2 * HOUR_MS),
    expires_at: iso(now_ms + 70 * HOUR_MS),
  };
  const ready = { ...made, bytes: 4_812_331, sha256: FINGERPRINT, fingerprint: FINGERPRINT, complete: true };
  const exports: Evidence[] = [
    of("e1", "waiting", { form: "original", purpose: "Пошкоджене авто на стоянці" }),
    of("e2", "ready", ready),
    of("e3", "making", { progress: 0.4 }),
    of("e4", "refused", { decided_by: "petro" }),
    of("e5", "expired", ready),
  ];

  function asked({ form, events = [], purpose, legal_basis }: AskedEvidence): Evidence {
    const one = of(`e${exports.length + 1}`, "waiting", {
      form,
      events,
      purpose,
      legal_basis,
      asked_by: "guest",
    });
    exports.unshift(one);
    return one;
  }

  function decided(id: string, word: string | undefined): Evidence | undefined {
    const at = exports.findIndex((each) => each.id === id);
    const before = exports[at];
    const states: Readonly<Record<string, Evidence["state"]>> = {
      approve: "making",
      refuse: "refused",
      withdraw: "withdrawn",
    };
    if (before) exports[at] = { ...before, state: states[word ?? ""] ?? before.state };
    return exports[at];
  }

  /** Undefined for an address that is none of an export. */
  return ({ pathname }: URL) => {
    const [found, id, word] = /^\/v1\/evidence(?:\/([^/]+))?(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (!found || id === "verifier") return undefined;
    return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const post = request.method === "POST";
      const body = () => {
        if (id === "key") return { fingerprint: FINGERPRINT, pem: "" };
        if (id === undefined) return { evidence: exports };
        return post ? decided(id, word) : exports.find((each) => each.id === id);
      };
      const answer = post && id === undefined ? asked((await json(request)) as AskedEvidence) : body();
      response.writeHead(post && !id ? 201 : answer ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? { title: "There is none." }));
    };
  };
}
