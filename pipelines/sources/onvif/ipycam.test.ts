import { inspect } from "node:util";
import { systemClock } from "@yardline/domain/time";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CameraAddress } from "../video/camera-address.ts";
import { freePort } from "../video/testing-rtsp.ts";
import { openOnvif } from "./device.ts";
import { discoverDevices } from "./discovery.ts";
import { getSnapshotAddress, getStreamAddress, listProfiles } from "./media.ts";
import { gotoPreset, listPresets } from "./ptz.ts";
import { type Ipycam, ipycamMissing, startIpycam } from "./testing-ipycam.ts";

const PASSWORD = "cAnary-5511";
let camera: Ipycam | undefined;
let discovery_port = 0;
beforeAll(async () => {
  if (ipycamMissing) return;
  discovery_port = await freePort();
  camera = await startIpycam(PASSWORD, discovery_port);
});
afterAll(() => camera?.kill());

const open = (password = PASSWORD) =>
  openOnvif(CameraAddress.parse(`http://operator:${password}@127.0.0.1:${camera?.port}`), {
    clock: systemClock,
  });

describe.skipIf(ipycamMissing)(
  "with PyPI's ipycam, an ONVIF camera that others wrote (needs python3-pip)",
  () => {
    test("its profiles and where their streams are, without the password", async () => {
      const device = await open();
      const profiles = await listProfiles(device);
      expect(
        profiles.map(({ encoding, width_px, height_px, fps }) => [encoding, width_px, height_px, fps]),
      ).toEqual([
        ["H264", 1920, 1080, 30],
        ["H264", 640, 360, 30],
      ]);
      const [main, sub] = profiles;
      expect(await getStreamAddress(device, main?.token ?? "")).toMatch(
        /^rtsp:\/\/127\.0\.0\.1:\d+\/video_main$/,
      );
      expect(await getStreamAddress(device, sub?.token ?? "")).toMatch(/\/video_sub$/);
      expect(await getSnapshotAddress(device, main?.token ?? "")).toBe(
        `http://127.0.0.1:${camera?.port}/snapshot.jpg`,
      );
    });

    test("a wrong password is told as one, and is in no error", async () => {
      const thrown: unknown = await open("cAnary-wrong").catch((error: unknown) => error);
      expect(thrown).toMatchObject({ code: "ONVIF_REFUSED" });
      expect(inspect(thrown, { depth: 9 })).not.toMatch(/cAnary/);
    });

    test("the views saved in it, and turning to one", async () => {
      const device = await open();
      expect(device.has("ptz")).toBe(true);
      const [profile] = await listProfiles(device);
      expect(await listPresets(device, profile?.token ?? "")).toContainEqual({
        token: "gate",
        name: "The gate",
      });
      await gotoPreset(device, profile?.token ?? "", "gate");
    });

    test("it is found by WS-Discovery", async () => {
      const where = { group: "127.0.0.1", port: discovery_port, namedBy: "town" } as const;
      const found = await discoverDevices(1_500, new AbortController().signal, where);
      expect(found).toEqual([
        {
          address: `http://127.0.0.1:${camera?.port}/onvif/device_service`,
          name: expect.stringMatching(/^Gate/),
          hardware: expect.any(String),
        },
      ]);
    });
  },
);
