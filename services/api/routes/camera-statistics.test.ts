import { expect, test } from "vitest";
import { testApp } from "../testing/app.ts";
import { CAMERA } from "../testing/scenes.ts";

const COUNTS = {
  mode: "idle",
  mode_shares: { idle: 0.75, active: 0.125, reduced: 0, lost: 0.125 },
  frames: { looked: 1, still: 2, dropped: 0, failed: 0 },
  recorded_bytes: 700,
  segments_lost: 0,
  packets_dropped: 0,
  connections_ended: 1,
  stream: { fps: 25, bit_rate_kbps: 2_500, key_frame_distance_ms: 1_000, drift_ms: -3 },
} as const;

test("the counts of one camera; of one that is not there, or watched elsewhere, none", async () => {
  const listCameras = () => [CAMERA];
  const findStatistics = (id: string) => (id === CAMERA.id ? { since_ms: 0, ...COUNTS } : undefined);
  const app = await testApp({ cameras: { listCameras, findStatistics } });
  const answer = await app.inject(`/v1/cameras/${CAMERA.id}/statistics`);
  expect(answer.json()).toEqual({ since: "1970-01-01T00:00:00.000Z", ...COUNTS });
  expect((await app.inject("/v1/cameras/nobody/statistics")).json()).toMatchObject({
    status: 404,
    type: "urn:yardline:problem:camera-unknown",
  });
  const elsewhere = await testApp({ cameras: { listCameras } });
  expect((await elsewhere.inject(`/v1/cameras/${CAMERA.id}/statistics`)).statusCode).toBe(404);
});
