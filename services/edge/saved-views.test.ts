import { systemClock } from "@yardline/domain/time";
import { startTestCamera } from "@yardline/sources/onvif/testing-camera";
import { type Ipycam, ipycamMissing, startIpycam } from "@yardline/sources/onvif/testing-ipycam";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { freePort } from "@yardline/sources/video/testing-rtsp";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SavedViews, TURN_EVERY_MS } from "./saved-views.ts";
import { SaidProducer } from "./testing.ts";

const PASSWORD = "cAnary-7712";
let square: Ipycam | undefined;
beforeAll(async () => {
  if (!ipycamMissing) square = await startIpycam(PASSWORD, await freePort());
});
afterAll(() => square?.kill());

const MASKED = { form: "in-camera", polygons: [] } as const;
const OPEN = { form: "none-needed", reason: "a drawn yard" } as const;

function viewsOf(url: string | undefined, mask: typeof OPEN | typeof MASKED = OPEN) {
  const producer = new SaidProducer();
  const [turned, lines]: [string[], string[]] = [[], []];
  let monotonic_ms = 0;
  const camera = {
    id: "square",
    record: { mask: { ...mask, polygons: [] } },
    ...(url !== undefined && { reports: { address: CameraAddress.parse(url) } }),
  };
  const views = new SavedViews([camera], {
    producer,
    clock: { now_ms: systemClock.now_ms, monotonic_ms: () => monotonic_ms },
    log: pino({}, { write: (line) => void lines.push(line) }),
    turned: (id) => void turned.push(id),
  });
  const wait = (ms: number) => {
    monotonic_ms += ms;
  };
  return { views, producer, turned, lines, wait };
}

test.skipIf(ipycamMissing)(
  "a real camera turns to a saved view, and everybody is told (needs python3-pip)",
  async () => {
    const url = `http://operator:${PASSWORD}@127.0.0.1:${square?.port}`;
    const { views, producer, turned, lines, wait } = viewsOf(url);
    expect(await views.list("square")).toContainEqual({ token: "gate", name: "The gate" });
    await views.turn("square", "gate");
    expect(turned).toEqual(["square"]);
    expect(producer.said).toMatchObject([
      { source: "camera/square", state: "closed", data: { camera: "square", view: "The gate" } },
    ]);
    await expect(views.turn("square", "gate")).rejects.toMatchObject({ code: "PTZ_BUSY", retryable: true });
    wait(TURN_EVERY_MS);
    await expect(views.turn("square", "nowhere")).rejects.toMatchObject({ code: "VIEW_UNKNOWN" });
    expect(turned).toEqual(["square"]);
    expect(lines.join("")).not.toMatch(/cAnary|operator/);
  },
);

test("a camera that cannot turn, or must not, says so", async () => {
  const fixed = await startTestCamera({ password: PASSWORD, security: "token" });
  await expect(viewsOf(fixed.url).views.list("square")).rejects.toMatchObject({ code: "PTZ_MISSING" });
  fixed.close();
  await expect(viewsOf(undefined).views.turn("square", "gate")).rejects.toMatchObject({
    code: "PTZ_MISSING",
  });
  await expect(viewsOf(undefined).views.turn("nobody", "gate")).rejects.toMatchObject({
    code: "CAMERA_UNKNOWN",
  });
  await expect(viewsOf("http://127.0.0.1:9", MASKED).views.turn("square", "gate")).rejects.toMatchObject({
    code: "PTZ_MASKED",
  });
});
