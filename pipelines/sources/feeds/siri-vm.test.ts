import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { siriVm } from "./siri-vm.ts";

const NOW = Date.parse("2026-11-30T09:00:00Z");
const read = (text: string) => siriVm.open({})({ bytes: Buffer.from(text), received_at_ms: NOW });
const codeOf = (text: string) => {
  try {
    read(text);
    return "read";
  } catch (failure) {
    return Reflect.get(Object(failure), "code");
  }
};

const activity = `<VehicleActivity>
  <RecordedAtTime>2026-11-30T10:59:50+02:00</RecordedAtTime>
  <MonitoredVehicleJourney>
    <LineRef>7</LineRef>
    <FramedVehicleJourneyRef><DataFrameRef>2026-11-30</DataFrameRef><DatedVehicleJourneyRef>t-1</DatedVehicleJourneyRef></FramedVehicleJourneyRef>
    <VehicleLocation><Longitude>24.25</Longitude><Latitude>49.5</Latitude></VehicleLocation>
    <Bearing>123.5</Bearing><Velocity>10</Velocity>
    <BlockRef>B &amp; C</BlockRef><VehicleRef> 12 </VehicleRef>
    <DriverRef>PERSON</DriverRef><DriverName>Somebody</DriverName>
  </MonitoredVehicleJourney>
</VehicleActivity>`;
const delivery = (inside: string) =>
  `<VehicleMonitoringDelivery version="2.0"><ResponseTimestamp>2026-11-30T09:00:00Z</ResponseTimestamp>${inside}</VehicleMonitoringDelivery>`;
const siri = (inside: string) =>
  `<?xml version="1.0"?><s:Siri xmlns:s="http://www.siri.org.uk/siri"><ServiceDelivery>${inside}</ServiceDelivery></s:Siri>`;

const bus = {
  ...{ vehicle: "12", latitude: 49.5, longitude: 24.25, at_ms: NOW - 10_000, buffered: true },
  ...{ speed_mps: 10, course_deg: 123.5 },
  ...{ trip_id: "t-1", start_date: "20261130", route_id: "7", block_id: "B & C" },
};

test("a vehicle with its journey, and nobody who drives it", () => {
  expect(read(siri(delivery(activity)))).toEqual({ made_at_ms: NOW, fixes: [bus], left_out: new Map() });
});

test("in SOAP, in several deliveries, and with none to tell", () => {
  const soap = `<E:Envelope><E:Body><GetVehicleMonitoringResponse><Answer>${delivery(activity)}${delivery("")}</Answer></GetVehicleMonitoringResponse></E:Body></E:Envelope>`;
  expect(read(soap).fixes).toEqual([bus]);
  expect(read(siri(delivery(""))).fixes).toEqual([]);
});

test("a vehicle without a place, a time or a name is counted", () => {
  const without = [
    /<VehicleLocation>.*<\/VehicleLocation>/,
    /<RecordedAtTime>.*<\/RecordedAtTime>/,
    /<VehicleRef>.*<\/VehicleRef>/,
  ];
  const { left_out } = read(siri(delivery(without.map((each) => activity.replace(each, "")).join(""))));
  expect(left_out).toEqual(
    new Map([
      ["no-place", 1],
      ["no-time", 1],
      ["no-vehicle", 1],
    ]),
  );
});

test("a refusal is told in the producer's words", () => {
  const refusal =
    "<Status>false</Status><ErrorCondition><AccessNotAllowedError><ErrorText>The key\n is old</ErrorText></AccessNotAllowedError></ErrorCondition>";
  expect(() => read(siri(delivery(refusal)))).toThrow(
    "The feed answers that it cannot: AccessNotAllowedError: The key is old",
  );
  expect(codeOf(siri("<Status>false</Status>"))).toBe("FEED_REFUSED");
});

test("entities are not expanded, a document type is refused, and what is no SIRI is one error", () => {
  const lol = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${siri(delivery(activity))}`;
  const file = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${siri(delivery(activity.replace("12", "&f;")))}`;
  const deep = `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`;
  const bomb = siri(delivery("<a/>".repeat(2_000_000)));
  const wide = siri(delivery(`<a ${"b='1' ".repeat(10_000)}/>`));
  const texts = [
    lol,
    file,
    deep,
    bomb,
    wide,
    "",
    "<html/>",
    siri(""),
    "{}",
    siri(delivery(activity)).slice(0, 300),
  ];
  expect(texts.map(codeOf)).toEqual(texts.map(() => "FEED_BROKEN"));
  fc.assert(fc.property(fc.string(), (text) => /read|FEED_BROKEN/.test(codeOf(siri(delivery(text))))));
});

const SHARED = join(import.meta.dirname, "../../../../shared/data/transport/formats/siri");

test.skipIf(!existsSync(SHARED))("the standard's own examples", () => {
  const example = (name: string) => read(readFileSync(join(SHARED, name), "utf8"));
  const { made_at_ms, fixes } = example("exv_vehicleMonitoring_response.xml");
  expect(made_at_ms).toBe(Date.parse("2004-12-17T14:30:47Z"));
  expect(fixes.map(({ vehicle, trip_id, block_id }) => [vehicle, trip_id, block_id])).toEqual([
    ["VEH987654", "987675", "BLOCK765"],
    ["VEH987659", "Outbound", undefined],
  ]);
  expect(example("exv_vehicleMonitoring_response_simple.xml").fixes.length).toBeGreaterThan(0);
});
