import fc from "fast-check";
import { expect, test } from "vitest";
import { changeIncident, openIncident, replay } from "./change-incident.ts";
import type { Change, Entry, Incident } from "./incident.ts";
import { NOON_MS, OPENING, refOf } from "./testing.ts";

const NAMED = { id: "2026-11-k7m2qdx4", tenant: "town" };
const why = "because";

/** Who does what, as `olena claim`; every second word of a scene is taken from here. */
const DEEDS: Readonly<Record<string, Change>> = {
  claim: { do: "claim" },
  "take-over": { do: "claim", take_over: true },
  release: { do: "release" },
  note: { do: "note", text: "two boys, one ball" },
  amend: { do: "amend", priority: "high" },
  attach: { do: "attach", cameras: ["gate"], events: [refOf(1)] },
  detach: { do: "detach", cameras: ["gate"], events: [refOf(1).occurrence], why },
  escalate: { do: "escalate", to: "112", why },
  close: { do: "close", outcome: "resolved", why },
  reopen: { do: "reopen", why },
  "hand-over": { do: "hand-over", to: "petro" },
};

function play(scene: string): Incident {
  const opened = openIncident(NAMED, OPENING, { by: "olena", at_ms: NOON_MS });
  const steps = scene === "" ? [] : scene.split(", ");
  return steps.reduce((incident, step, at) => {
    const [by = "", deed = ""] = step.split(" ");
    const change = DEEDS[deed];
    if (!change) throw new Error(`no deed ${deed}`);
    return changeIncident(incident, change, { by, at_ms: NOON_MS + (at + 1) * 1_000 });
  }, opened);
}

test.for([
  ["", "open, nobody's"],
  ["olena claim", "claimed, olena's"],
  ["olena claim, olena release", "open, nobody's"],
  ["olena claim, petro take-over", "claimed, petro's"],
  ["olena claim, olena hand-over", "claimed, olena's, offered to petro"],
  ["olena claim, olena hand-over, petro claim", "claimed, petro's"],
  ["olena claim, olena escalate", "escalated, olena's"],
  ["olena escalate", "escalated, nobody's"],
  ["olena escalate, petro claim", "claimed, petro's"],
  ["olena claim, olena escalate, olena release", "escalated, nobody's"],
  ["olena claim, olena escalate, olena claim", "claimed, olena's"],
  ["olena claim, petro close", "closed, olena's"],
  ["olena claim, olena close, petro note", "closed, olena's"],
  ["olena claim, olena close, petro reopen", "open, nobody's"],
  ["olena claim, olena close, petro reopen, petro claim", "claimed, petro's"],
] as const)("%s ⇒ %s", ([scene, becomes]) => {
  const { state, claimed_by, offered_to, revision } = play(scene);
  const offered = offered_to === undefined ? "" : `, offered to ${offered_to}`;
  const whose = claimed_by === undefined ? "nobody's" : `${claimed_by}'s`;
  expect(`${state}, ${whose}${offered}`).toBe(becomes);
  expect(revision).toBe(1 + (scene === "" ? 0 : scene.split(", ").length));
});

test.for([
  ["olena claim, petro claim", "INCIDENT_CLAIMED"],
  ["olena claim, olena claim", "INCIDENT_NOTHING"],
  ["petro release", "INCIDENT_NOT_CLAIMED"],
  ["olena claim, petro release", "INCIDENT_NOT_CLAIMED"],
  ["olena claim, petro hand-over", "INCIDENT_NOT_CLAIMED"],
  ["olena claim, olena hand-over, ivan claim", "INCIDENT_CLAIMED"],
  ["petro take-over, petro hand-over", "INCIDENT_NOTHING"],
  ["olena reopen", "INCIDENT_NOT_CLOSED"],
  ["olena close, olena close", "INCIDENT_CLOSED"],
  ["olena close, olena attach", "INCIDENT_CLOSED"],
  ["olena close, olena claim", "INCIDENT_CLOSED"],
  ["olena close, olena amend", "INCIDENT_CLOSED"],
  ["olena attach, olena attach", "INCIDENT_NOTHING"],
  ["olena detach", "INCIDENT_NOTHING"],
])("%s ⇒ %s", ([scene, code]) => {
  expect(() => play(scene ?? "")).toThrow(expect.objectContaining({ code }));
});

test("who closed it, when and with what outcome; opened again nothing of that is left but the log", () => {
  expect(play("olena claim, petro close")).toMatchObject({
    outcome: "resolved",
    closed_by: "petro",
    closed_at: "2026-11-22T12:00:02.000Z",
    opened_by: "olena",
  });
  const { outcome, closed_by, closed_at } = play("olena claim, petro close, ivan reopen");
  expect([outcome, closed_by, closed_at]).toEqual([undefined, undefined, undefined]);
});

test("what is attached is there once, in the order in which it came", () => {
  const { events, cameras } = play("olena attach");
  expect(cameras).toEqual(["yard", "gate"]);
  expect(events).toEqual([refOf(0), refOf(1)]);
  expect(play("olena attach, olena detach")).toMatchObject({ cameras: ["yard"], events: [refOf(0)] });
});

test("an incident that is full says so, and takes nothing", () => {
  const cameras = Array.from({ length: 50 }, (_, at) => `c${at}`);
  const change: Change = { do: "attach", cameras };
  expect(() => changeIncident(play(""), change, { by: "olena", at_ms: NOON_MS })).toThrow(
    expect.objectContaining({ code: "INCIDENT_FULL" }),
  );
  const old = { ...play(""), revision: 2_000 };
  const note: Change = { do: "note", text: "more" };
  expect(() => changeIncident(old, note, { by: "olena", at_ms: NOON_MS })).toThrow(
    expect.objectContaining({ code: "INCIDENT_FULL" }),
  );
});

test("whatever is tried by whomever, the entries that were taken make the incident again", () => {
  const step = fc.tuple(fc.constantFrom("olena", "petro", "ivan"), fc.constantFrom(...Object.values(DEEDS)));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const hand = { by: "olena", at_ms: NOON_MS };
      let incident = openIncident(NAMED, OPENING, hand);
      const entries: Entry[] = [{ revision: 1, at: incident.opened_at, by: "olena", change: OPENING }];
      for (const [by, change] of steps) {
        try {
          incident = changeIncident(incident, change, { by, at_ms: NOON_MS });
        } catch {
          continue;
        }
        entries.push({ revision: incident.revision, at: incident.changed_at, by, change });
        const isHeld = incident.state === "claimed";
        expect(isHeld && incident.claimed_by === undefined).toBe(false);
        expect(incident.state === "closed").toBe(incident.closed_by !== undefined);
        expect(incident.offered_to !== undefined && incident.state === "closed").toBe(false);
      }
      expect(replay(NAMED, entries)).toEqual(incident);
      expect(entries.map(({ revision }) => revision)).toEqual(entries.map((_, at) => at + 1));
    }),
  );
});
