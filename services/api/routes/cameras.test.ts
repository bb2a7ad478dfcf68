import { expect, test } from "vitest";
import type { CameraStatus } from "../camera-parts.ts";
import { testApp } from "../testing/app.ts";
import { CAMERA } from "../testing/scenes.ts";

test("cameras as people may know them", async () => {
  const lost = { ...CAMERA, id: "gate", state: "lost", reason: "The camera is silent." } as const;
  const app = await testApp({ cameras: { listCameras: () => [CAMERA, lost] } });
  const { since_ms, ...shown } = CAMERA;
  const since = new Date(since_ms).toISOString();
  expect((await app.inject("/v1/cameras")).json()).toEqual({
    cameras: [
      { ...shown, since, id: "gate", state: "lost", reason: "The camera is silent." },
      { ...shown, since },
    ],
  });
});

test("an address that slipped into a camera's record does not leave the house", async () => {
  const careless: CameraStatus & { url: string } = { ...CAMERA, url: "rtsp://admin:canary-8315@10.0.0.9/" };
  const app = await testApp({ cameras: { listCameras: () => [careless] } });
  for (const url of ["/v1/cameras", "/v1/town", "/healthz", "/metrics", "/v1/openapi.json"]) {
    expect((await app.inject(url)).body).not.toContain("canary");
  }
});
