import { expect, test } from "vitest";
import type { CameraStatus } from "../camera-parts.ts";
import { testApp } from "../testing/app.ts";
import { testIdentity } from "../testing/people.ts";
import { CAMERA } from "../testing/scenes.ts";

const POINTS = [
  [0.1, 0.5],
  [0.4, 0.5],
  [0.4, 0.9],
] as const;
const area = (zone: string) => ({ zone, form: "area" as const, points: POINTS, rules: ["loitering"] });
const gate = { zone: "хвіртка", form: "line" as const, points: POINTS.slice(0, 2), rules: ["line-crossing"] };
const CAMERAS: readonly CameraStatus[] = [
  { ...CAMERA, zones: [area("гойдалки"), gate] },
  { ...CAMERA, id: "street", zones: [area("bay")] },
];

test("zones of the cameras, page by page", async () => {
  const app = await testApp({ cameras: { listCameras: () => CAMERAS } });
  const { zones, cursor } = (await app.inject("/v1/zones?limit=2")).json();
  const place = CAMERA.place;
  expect(zones).toEqual([
    { camera: "street", ...area("bay"), place },
    { camera: "yard", ...area("гойдалки"), place },
  ]);
  expect((await app.inject(`/v1/zones?limit=2&cursor=${cursor}`)).json()).toEqual({
    zones: [{ camera: "yard", ...gate, place }],
  });
  const ofOne = (await app.inject("/v1/zones?camera=street")).json();
  expect(ofOne.zones.map(({ zone }: { zone: string }) => zone)).toEqual(["bay"]);
});

test("nobody learns of zones of cameras that are not theirs", async () => {
  const { identity, headersOf } = await testIdentity();
  const app = await testApp({ identity, cameras: { listCameras: () => CAMERAS } });
  const asked = await app.inject({ url: "/v1/zones", headers: await headersOf("yard-only") });
  expect(asked.json().zones.map(({ camera }: { camera: string }) => camera)).toEqual(["yard", "yard"]);
});
