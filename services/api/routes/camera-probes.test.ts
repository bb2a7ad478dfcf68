import { memoryAudit } from "@yardline/audit/testing";
import { AppError } from "@yardline/domain/errors";
import { expect, test } from "vitest";
import type { CameraSetUp } from "../settings-parts.ts";
import { testApp } from "../testing/app.ts";
import { signedInPeople } from "../testing/people.ts";
import { CAMERA, NOON_MS } from "../testing/scenes.ts";

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const ADDRESS = "rtsp://root:k4n4r31k4@192.168.1.20/stream";

async function doors(setUp: Partial<CameraSetUp> = {}) {
  const people = await signedInPeople();
  const audit = memoryAudit(NOON_MS);
  const app = await testApp({
    identity: people.identity,
    audit,
    cameras: { listCameras: () => [CAMERA] },
    setUp: {
      probe: async () => ({
        figures: {
          ...{ codec: "h264", width_px: 1920, height_px: 1080, listened_s: 5, fps: 25, unevenness: 1 },
          ...{ bit_rate_kbps: 4_000, b_frames: false },
        },
        cost: { copy_ms: 8, look_ms: 40, burnt_in_ms: 110 },
        advice: ["Choose H.264."],
        jpeg: JPEG,
      }),
      still: async () => JPEG,
      ...setUp,
    },
  });
  const post = async (url: string, payload?: object) =>
    app.inject({
      ...{ method: "POST", url, headers: await people.headersOf("administrator") },
      ...(payload && { payload }),
    });
  const still = async (id: string, login = "administrator") =>
    app.inject({ url: `/v1/stills/${id}`, headers: await people.headersOf(login) });
  return { post, still, audit };
}

test("a camera is probed before it is set up: what it sends, what it costs, and one picture for whoever asked", async () => {
  const { post, still, audit } = await doors();
  const probed = await post("/v1/camera-probes", { address: ADDRESS });
  expect(probed.statusCode).toBe(201);
  const { still: kept, ...figures } = probed.json();
  expect(figures).toMatchObject({ codec: "h264", width_px: 1920, cost: { burnt_in_ms: 110 } });
  expect(kept.expires_at).toBe("2026-11-22T12:10:00.000Z");
  const picture = await still(kept.id);
  expect([picture.headers["content-type"], picture.headers["cache-control"]]).toEqual([
    "image/jpeg",
    "no-store",
  ]);
  expect(new Uint8Array(picture.rawPayload)).toEqual(JPEG);
  // Nobody else's, and no right but the one to set up.
  expect((await still(kept.id, "dispatcher")).statusCode).toBe(403);
  expect(audit.entries).toMatchObject([{ action: "configure", details: { change: "probed", still: true } }]);
  expect(JSON.stringify([audit.entries, probed.json()])).not.toContain("k4n4r31k4");
});

test("the still of a camera is written down with its name, before it is taken", async () => {
  const { post, audit } = await doors({
    still: async () => Promise.reject(new AppError("CAMERA_LOST", "silent")),
  });
  const refused = await post(`/v1/cameras/${CAMERA.id}/still`);
  expect([refused.statusCode, refused.json().detail]).toEqual([502, "silent."]);
  expect(audit.entries).toMatchObject([{ object: { kind: "camera", id: CAMERA.id } }]);
  expect((await post("/v1/cameras/nowhere/still")).statusCode).toBe(404);
});

test("what answered inside is not told: only what is wrong with the address, and that a camera did not answer", async () => {
  const failing = (error: AppError) => doors({ probe: async () => Promise.reject(error) });
  const ask = async (error: AppError) => {
    const { post } = await failing(error);
    const { statusCode, body } = await post("/v1/camera-probes", { address: ADDRESS });
    return [statusCode, body.includes("secret words of an inner server")];
  };
  const inner = "secret words of an inner server";
  expect(await ask(new AppError("ADDRESS_FORBIDDEN", "The address leads to this machine"))).toEqual([
    400,
    false,
  ]);
  expect(await ask(new AppError("DEVICE_SILENT", inner))).toEqual([502, false]);
});
