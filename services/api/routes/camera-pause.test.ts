import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import type { CameraStatus } from "../camera-parts.ts";
import type { PauseView } from "../privacy-parts.ts";
import { testApp } from "../testing/app.ts";
import { CAMERA, NOON_MS } from "../testing/scenes.ts";

async function doors(fail?: AppError) {
  const paused = new Map<string, Parameters<PauseView["pause"]>[1]>();
  const status = (): CameraStatus => {
    const pause = paused.get("yard");
    return pause
      ? {
          ...CAMERA,
          state: "paused",
          reason: pause.reason,
          paused_until_ms: pause.until_ms,
          since_ms: NOON_MS,
        }
      : CAMERA;
  };
  const pauses: PauseView = {
    async pause(camera, pause) {
      if (fail) throw fail;
      paused.set(camera, pause);
    },
    resume: async (camera) => void paused.delete(camera),
  };
  const app = await testApp({ cameras: { listCameras: () => [status()] }, pauses });
  const post = (path: string, payload: object) =>
    app.inject({ method: "POST", url: `/v1/cameras/yard/${path}`, payload });
  return { post, paused };
}
const ASKED = { reason: "a funeral", until: "2026-11-22T18:00:00Z" };

test("a camera is paused in the answer to the request, and is what it was when it is ended", async () => {
  const { post, paused } = await doors();
  const answer = await post("pause", ASKED);
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    { state: "paused", reason: "a funeral", paused_until: "2026-11-22T18:00:00.000Z" },
  ]);
  expect(paused.get("yard")).toEqual({
    ...{ reason: "a funeral", until_ms: NOON_MS + 6 * 3_600_000, paused_by: "(nobody)" },
  });
  expect((await post("pause/end", { reason: "it is over" })).json()).toMatchObject({ state: "watching" });
});

test.for([
  { name: "no reason", payload: { until: ASKED.until } },
  { name: "a blank one", payload: { ...ASKED, reason: "   " } },
  { name: "no end", payload: { reason: "a funeral" } },
  { name: "an end that is none", payload: { ...ASKED, until: "tonight" } },
])("$name is refused", async ({ payload }) => {
  const { post, paused } = await doors();
  expect([(await post("pause", payload)).statusCode, paused.size]).toEqual([400, 0]);
});

test.for([
  { code: "PAUSE_WRONG", status: 400 },
  { code: "RECORDS_CONFLICT", status: 409 },
])("$code is $status", async ({ code, status }) => {
  const { post } = await doors(new AppError(code, "no"));
  expect((await post("pause", ASKED)).statusCode).toBe(status);
});

test("a camera of an edge box with records of its own is paused there", async () => {
  const app = await testApp();
  const url = "/v1/cameras/yard/pause";
  expect((await app.inject({ method: "POST", url, payload: ASKED })).json()).toMatchObject({
    type: "urn:yardline:problem:camera-elsewhere",
  });
  expect(
    (await app.inject({ method: "POST", url: url.replace("yard", "none"), payload: ASKED })).statusCode,
  ).toBe(404);
});
