import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hfp } from "./hfp.ts";

const NOW = Date.parse("2018-04-05T17:38:40Z");
const TOPIC = "/hfp/v2/journey/ongoing/vp/bus/0055/01216/2081/2/Malmi/20:25/1130106/2/60;24/19/73/44";
const VP = {
  ...{ desi: "81", dir: "2", oper: 22, veh: 1216, tst: "2018-04-05T17:38:36.500Z", tsi: 1522949916 },
  ...{ spd: 4.5, hdg: 225, lat: 60.194481, long: 25.03095, acc: 0, dl: -25, odo: 2819, drst: 0 },
  ...{ oday: "2018-04-05", jrn: 636, line: 112, start: "20:25", occu: 10 },
};

const read = (topic: string, content: unknown) =>
  hfp.open({})({ topic, bytes: Buffer.from(JSON.stringify(content)), received_at_ms: NOW });

test("a position: the vehicle by its operator and number, the trip by line, direction and start, nobody who drives", () => {
  const { fixes } = read(TOPIC, { VP });
  expect(fixes).toEqual([
    {
      ...{ vehicle: "55-1216", latitude: 60.194481, longitude: 25.03095, buffered: true },
      ...{ at_ms: Date.parse("2018-04-05T17:38:36.500Z"), speed_mps: 4.5, course_deg: 225 },
      ...{ route_id: "2081", direction_id: 1, start_date: "20180405", start_time: "20:25:00" },
    },
  ]);
});

test("on the way to its first stop a vehicle has no trip yet; a deadrun never has", () => {
  for (const topic of [TOPIC.replace("ongoing", "upcoming"), TOPIC.replace("/journey/", "/deadrun/")]) {
    expect(read(topic, { VP }).fixes).toMatchObject([{ vehicle: "55-1216" }]);
    expect(read(topic, { VP }).fixes[0]).not.toHaveProperty("route_id");
  }
});

test("a vehicle without a place, and what is no position, is counted", () => {
  expect(read(TOPIC, { VP: { ...VP, lat: null, long: null } }).left_out).toEqual(new Map([["no-place", 1]]));
  expect(read(TOPIC.replace("/vp/", "/tlr/"), { TLR: VP }).left_out).toEqual(new Map([["other-event", 1]]));
  expect(read(TOPIC.replace("0055/01216", "/"), { VP }).left_out).toEqual(new Map([["no-vehicle", 1]]));
});

test("any topic and any content are one error at most", () => {
  const code = { code: "FEED_BROKEN" };
  expect(() => read("/hfp/v1/journey/ongoing/bus/0055/01216/2081/2/Malmi/20:25/1/2/3", { VP })).toThrow(
    expect.objectContaining(code),
  );
  expect(() => read(TOPIC, { TLR: {} })).toThrow(expect.objectContaining(code));
  expect(() => hfp.open({})({ topic: TOPIC, bytes: Buffer.from("{"), received_at_ms: NOW })).toThrow(
    expect.objectContaining(code),
  );
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (content, path) => {
      for (const topic of [TOPIC, path]) {
        try {
          read(topic, { VP: content });
        } catch (failure) {
          expect(failure).toMatchObject(code);
        }
      }
    }),
  );
});

const SAMPLE = join(import.meta.dirname, "../../../../shared/data/transport/formats/hfp/hfp-sample-vp.json");

test.skipIf(!existsSync(SAMPLE))("the recorded sample", () => {
  expect(read(TOPIC, JSON.parse(readFileSync(SAMPLE, "utf8"))).fixes).toMatchObject([
    { at_ms: 1522949916000, latitude: 60.194481, longitude: 25.03095, speed_mps: 0.16, course_deg: 225 },
  ]);
});
