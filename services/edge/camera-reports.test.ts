import { inspect } from "node:util";
import { systemClock } from "@yardline/domain/time";
import { REPORTED_KINDS } from "@yardline/events/yard-reported";
import { notification, startTestCamera, type TestCamera } from "@yardline/sources/onvif/testing-camera";
import { CameraAddress } from "@yardline/sources/video/camera-address";
import { eventually } from "@yardline/testkit/eventually";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { heedReports } from "./camera-reports.ts";
import { SaidProducer } from "./testing.ts";
import { Whereabouts } from "./whereabouts.ts";

const PASSWORD = "cAnary-2207";
const PATIENCE_MS = 15_000;

function heed(
  device: Pick<TestCamera, "url">,
  mask = { form: "none-needed", reason: "a drawn yard" } as Mask,
) {
  const producer = new SaidProducer();
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push(line) });
  const stop = new AbortController();
  const parts = { producer, clock: systemClock, random: () => 0, log };
  const source = { address: CameraAddress.parse(device.url), kinds: REPORTED_KINDS };
  const ended = heedReports(
    { id: "gate", whereabouts: new Whereabouts({}), record: { mask } },
    source,
    parts,
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await ended;
  });
  return { producer, lines, ended, stop: () => stop.abort() };
}
type Mask = Parameters<typeof heedReports>[0]["record"]["mask"];

async function camera(manner: Partial<Parameters<typeof startTestCamera>[0]> = {}): Promise<TestCamera> {
  const device = await startTestCamera({ password: PASSWORD, security: "token", ...manner });
  onTestFinished(() => device.close());
  return device;
}

test("what a camera reports becomes one event as said by it, and is over when nobody listens", async () => {
  const device = await camera({ clock_off_ms: 3_600_000 });
  const crossed = () =>
    notification("tns1:RuleEngine/LineDetector/Crossed", "Changed", { ObjectType: "Human" });
  device.notices.push(crossed(), crossed(), crossed());
  const { producer, lines, ended, stop } = heed(device);
  await eventually(() => expect(producer.said.length).toBe(1), PATIENCE_MS);
  expect(producer.said[0]).toMatchObject({
    eventType: { type: "yard.reported" },
    source: "camera/gate",
    state: "open",
    data: {
      kind: "line-crossing",
      like: "yard.line-crossed",
      rule: "Gate line",
      label: "person",
      camera_time: "2026-11-30T05:00:00.000Z",
    },
  });
  // By our clock, whatever the camera's says.
  expect(Math.abs(Date.parse(String(producer.said[0]?.data["since"])) - Date.now())).toBeLessThan(30_000);
  await eventually(() => expect(device.notices).toEqual([]), PATIENCE_MS);
  stop();
  await ended;
  expect(producer.said[1]).toMatchObject({ state: "closed", data: { reports: 3, ended: "lost" } });
  const told = inspect([producer.said, lines], { depth: 9 });
  expect(told).not.toMatch(/cAnary|operator/);
});

test("ten thousand reports are one event, told twice at most in half a minute", async () => {
  const device = await camera();
  const flood = Array.from({ length: 10_000 }, (_, at) =>
    notification("tns1:VideoSource/MotionAlarm", "Changed", { State: String(at % 2 === 0) }),
  );
  const { producer } = heed(device);
  for (let at = 0; at < flood.length; at += 500) {
    device.notices.push(...flood.slice(at, at + 500));
    await eventually(() => expect(device.notices).toEqual([]), PATIENCE_MS);
  }
  expect(producer.said.map(({ state }) => state)).toEqual(["open"]);
});

test("a device that refuses is told once and asked ever more seldom; one that is not a device breaks nothing", async () => {
  const device = await camera();
  const wrong = heed({ url: device.url.replace(PASSWORD, "cAnary-wrong") });
  const nobody = heed({ url: "http://operator:cAnary-1@127.0.0.1:9/" });
  const loud = heed(await camera({ instead: { PullMessages: "<html>" } }));
  const codesOf = ({ lines }: { readonly lines: readonly string[] }) =>
    lines.map((line) => JSON.parse(line).code);
  await eventually(() => {
    expect(codesOf(wrong)).toEqual(["ONVIF_REFUSED"]);
    expect(codesOf(nobody)).toEqual(["DEVICE_UNREACHABLE"]);
    expect(codesOf(loud)).toEqual(["ONVIF_BROKEN"]);
  }, PATIENCE_MS);
  expect(inspect([wrong.lines, nobody.lines, loud.lines])).not.toMatch(/cAnary|operator/);
});

test("a subscription on another host is asked on the camera's own", async () => {
  const elsewhere = "http://169.254.169.254/latest/meta-data";
  const made = `<e:Envelope xmlns:e="x"><e:Body><CreatePullPointSubscriptionResponse><SubscriptionReference><Address>${elsewhere}</Address></SubscriptionReference></CreatePullPointSubscriptionResponse></e:Body></e:Envelope>`;
  const device = await camera({ instead: { CreatePullPointSubscription: made } });
  heed(device);
  await eventually(() => expect(device.asked).toContain("PullMessages /latest/meta-data"), PATIENCE_MS);
});

test("masks that the camera does not have, though its record says so, are told to whoever runs it", async () => {
  const far = [
    [0.6, 0.6],
    [0.9, 0.6],
    [0.9, 0.9],
  ] as const;
  const { lines } = heed(await camera(), { form: "in-camera", polygons: [far.map(([x, y]) => [x, y])] });
  await eventually(() => expect(lines.join()).toMatch(/own masks do not cover/), PATIENCE_MS);
  expect(JSON.parse(lines[0] ?? "{}")).toMatchObject({ camera: "gate", areas: [0] });
});
