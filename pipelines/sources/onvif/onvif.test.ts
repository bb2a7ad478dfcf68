import { inspect } from "node:util";
import { systemClock } from "@yardline/domain/time";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { CameraAddress } from "../video/camera-address.ts";
import { type OnvifDevice, onHost, openOnvif } from "./device.ts";
import { devicesIn } from "./discovery.ts";
import { getStreamAddress, listMasks, listProfiles } from "./media.ts";
import { findingOf, pullNotices } from "./notices.ts";
import { notification, startTestCamera, type TestCamera } from "./testing-camera.ts";

const PASSWORD = "cAnary-8812";

async function camera(manner: Partial<Parameters<typeof startTestCamera>[0]> = {}) {
  const started = await startTestCamera({ password: PASSWORD, security: "token", ...manner });
  onTestFinished(() => started.close());
  return started;
}

const open = ({ url }: TestCamera): Promise<OnvifDevice> =>
  openOnvif(CameraAddress.parse(url), { clock: systemClock });

test.for([
  { security: "token", clock_off_ms: 0 },
  { security: "token", clock_off_ms: -3 * 365 * 86_400_000 },
  { security: "http-digest", clock_off_ms: 0 },
] as const)("a camera of profile T by $security, its clock off by $clock_off_ms ms", async (manner) => {
  const started = await camera(manner);
  const device = await open(started);
  expect(await listProfiles(device)).toEqual([
    {
      token: "main",
      name: "main & more",
      encoding: "H265",
      width_px: 3840,
      height_px: 2160,
      fps: 25,
      source: "vsc",
    },
    {
      token: "sub",
      name: "sub & more",
      encoding: "H264",
      width_px: 640,
      height_px: 360,
      fps: 25,
      source: "vsc",
    },
  ]);
  // Its own idea of where it is leads nowhere, and a password in an address is not ours to print.
  expect(await getStreamAddress(device, "sub")).toBe("rtsp://127.0.0.1:554/s?x=1&y=2");
  expect(started.received.join()).not.toContain(PASSWORD);
  expect(started.asked).toContain("GetProfiles /onvif/media2");
});

test("a camera of before ONVIF 2.1 is asked for its capabilities", async () => {
  const capabilities =
    '<e:Envelope xmlns:e="x"><e:Body><r:GetCapabilitiesResponse xmlns:r="x"><r:Capabilities><r:Media><r:XAddr>http://10.1.1.1/old/media</r:XAddr></r:Media></r:Capabilities></r:GetCapabilitiesResponse></e:Body></e:Envelope>';
  const fault =
    "<e:Envelope><e:Body><e:Fault><e:Reason><e:Text>not known</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>";
  const started = await camera({ instead: { GetServices: fault, GetCapabilities: capabilities } });
  const device = await open(started);
  expect([device.has("media"), device.has("media2"), device.has("ptz")]).toEqual([true, false, false]);
  await listProfiles(device);
  expect(started.asked.at(-1)).toBe("GetProfiles /old/media");
});

test("masks come in fractions of the picture from its top-left", async () => {
  const [mask] = await listMasks(await open(await camera()));
  expect(mask).toEqual({
    token: "m1",
    source: "vsc",
    type: "Color",
    enabled: true,
    polygon: [
      [0, 0],
      [0.25, 0],
      [0.25, 0.5],
      [0, 0.5],
    ],
  });
});

test("what a camera's own analytics see comes as it happens, in our rules' words", async () => {
  const started = await camera();
  started.notices.push(
    notification("tns1:RuleEngine/LineDetector/Crossed", "Changed", { ObjectId: "15", ObjectType: "Human" }),
    notification("tns1:RuleEngine/tnsx:FieldDetector/ObjectsInside", "Changed", { IsInside: "false" }),
    notification("tns1:VideoSource/ImageTooDark/ImagingService", "Changed", { State: "true" }),
    notification("tns1:RuleEngine/LineDetector/Crossed", "Initialized", {}),
    notification("tns1:Device/Trigger/Relay", "Changed", { LogicalState: "active" }),
  );
  const stop = new AbortController();
  const found: unknown[] = [];
  for await (const notice of pullNotices(await open(started), stop.signal)) {
    found.push(findingOf(notice));
    if (found.length === 5) stop.abort();
  }
  const at_ms = Date.parse("2026-11-30T05:00:00Z");
  expect(found).toEqual([
    {
      kind: "line-crossing",
      active: true,
      lasts: false,
      at_ms,
      rule: "Gate line",
      object: "15",
      label: "person",
    },
    {
      kind: "presence",
      active: false,
      lasts: true,
      at_ms,
      rule: "Gate line",
      object: undefined,
      label: undefined,
    },
    {
      kind: "tampering",
      active: true,
      lasts: true,
      at_ms,
      rule: "Gate line",
      object: undefined,
      label: undefined,
    },
    undefined,
    undefined,
  ]);
  expect(started.asked).toContain("PullMessages /onvif/sub?id=7");
});

const BOMB = `<!DOCTYPE x [<!ENTITY a "${"x".repeat(99)}"><!ENTITY b "&a;&a;&a;&a;">]><e:Envelope><e:Body>&b;</e:Body></e:Envelope>`;

test.for([
  { what: "entities that grow", answer: BOMB, code: "ONVIF_BROKEN" },
  {
    what: "a file of ours",
    answer: '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
    code: "ONVIF_BROKEN",
  },
  { what: "three megabytes", answer: `<x>${"y".repeat(3 * 1024 * 1024)}</x>`, code: "DEVICE_TOO_MUCH" },
  { what: "HTML", answer: "<html><body>Login</body></html>", code: "ONVIF_BROKEN" },
  { what: "nothing", answer: "", code: "ONVIF_BROKEN" },
  { what: "half a message", answer: "<e:Envelope><e:Bo", code: "ONVIF_BROKEN" },
  { what: "JavaScript's own names", answer: "<__proto__><x>1</x></__proto__>", code: "ONVIF_BROKEN" },
  { what: "ten thousand levels", answer: "<a>".repeat(10_000), code: "ONVIF_BROKEN" },
])("an answer of $what costs one error", async ({ answer, code }) => {
  const device = await open(await camera({ instead: { GetProfiles: answer } }));
  const thrown: unknown = await listProfiles(device).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code });
  expect(inspect(thrown, { depth: 9 })).not.toMatch(/cAnary|passwd|127\.0\.0\.1/);
});

test("a stream that is a file, and services on another host, are not believed", async () => {
  const evil =
    '<e:Envelope xmlns:e="x"><e:Body><GetStreamUriResponse><Uri>file:///etc/passwd</Uri></GetStreamUriResponse></e:Body></e:Envelope>';
  const device = await open(await camera({ instead: { GetStreamUri: evil } }));
  expect(await getStreamAddress(device, "main").catch((thrown: unknown) => thrown)).toMatchObject({
    code: "ONVIF_BROKEN",
  });
  const known = new URL("http://10.0.0.7:8080/onvif/device_service");
  expect(onHost(known, "http://169.254.169.254/latest?x").href).toBe("http://10.0.0.7:8080/latest?x");
  expect(onHost(known, "http://10.0.0.7:81/media").href).toBe("http://10.0.0.7:81/media");
  expect(onHost(known, "gopher://10.0.0.7:81/m").href).toBe("http://10.0.0.7:8080/m");
});

test("a device speaks for itself alone, and no datagram breaks discovery", () => {
  const match = (address: string) =>
    `<e:Envelope xmlns:e="x"><e:Body><d:ProbeMatches><d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/Gate%20camera onvif://www.onvif.org/hardware/X1</d:Scopes><d:XAddrs>${address}</d:XAddrs></d:ProbeMatch></d:ProbeMatches></e:Body></e:Envelope>`;
  expect(devicesIn(match("http://[fe80::1]/x http://10.0.0.7/onvif/device_service"), "10.0.0.7")).toEqual([
    { address: "http://10.0.0.7/onvif/device_service", name: "Gate camera", hardware: "X1" },
  ]);
  expect(devicesIn(match("http://169.254.169.254/onvif"), "10.0.0.7")).toEqual([]);
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(devicesIn(text, "10.0.0.7")).toEqual([]);
    }),
  );
});
