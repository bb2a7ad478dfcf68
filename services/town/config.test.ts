import { expect, test } from "vitest";
import { recordOf } from "./camera-config.ts";
import { readTownConfig } from "./config.ts";

const yard = `
  - id: yard-1
    name: Двір школи
    url_file: /etc/yardline/yard-1.url
    purpose: protection-of-property
    legal_basis: public-task
    controller: Village council
    mask: { form: none-needed, reason: Only the school's own yard is in view. }
    sign: { posted_on: 2026-11-30, place: At both gates }
`;

test("a whole town.yaml is read as it stands", () => {
  const config = readTownConfig(`town: { name: Вишневе, tenant: vyshneve }\ncameras:${yard}`, "town.yaml");
  expect(config.cameras?.map((each) => [each.id, recordOf(each).retention_h])).toEqual([["yard-1", 72]]);
});

test("how pictures are looked at is said for all cameras, or by one; a provider that there is nowhere is refused", () => {
  const town = "town: { name: Вишневе, tenant: vyshneve }";
  const detection = "detection: { model: centernet-416, score_min: { person: 0.5 } }";
  const own = `cameras:${yard}    detection: { small_objects: true }`;
  const config = readTownConfig(`${town}\n${detection}\n${own}`, "town.yaml");
  expect([config.detection, config.cameras?.[0]?.detection]).toEqual([
    { model: "centernet-416", score_min: { person: 0.5 } },
    { small_objects: true },
  ]);
  expect(() => readTownConfig(`${town}\ndetection: { provider: abacus }`, "town.yaml")).toThrow(
    /line 2: detection\.provider must be one of cpu, openvino, cuda/,
  );
});

test("ten mistakes are told at once, each with its line", () => {
  const text = `town:
  name: 5
  tenant: Big Town
port: 99999
colour: red
cameras:
  - id: yard-1
    name: Yard
    url_file: /etc/x
    purpose: safety
    controller: c
    retention_h: 0
    mask: { form: none-needed }
  - id: yard-2
    name: Yard
    file: x.mp4
    purpose: protection-of-property
    legal_basis: consent
    controller: Council
    retention_h: 72
    mask: { form: blurred }
trackers: [{ protocol: wialon-ips, port: 0 }]
`;
  expect(() => readTownConfig(text, "town.yaml")).toThrowErrorMatchingInlineSnapshot(`
    [AppError: town.yaml has 13 problems; nothing was started.
      line 2: town.name must be string
      line 3: town.tenant must be: Lower-case Latin letters, digits and hyphens.
      line 4: port must be <= 65535
      line 5: colour is not known here
      line 7: cameras[0].legal_basis is missing
      line 7: cameras[0].sign is missing
      line 10: cameras[0].purpose must be one of protection-of-property, protection-of-persons-in-courtyard, road-traffic-safety, fire-lane-kept-free, dumping-of-waste, protection-of-public-building, passenger-safety-at-stop, demonstration-with-recorded-material (safety alone is no purpose, since nobody at the gate could tell from it why they are filmed: write what is protected, and from what)
      line 11: cameras[0].controller must not have fewer than 2 characters
      line 12: cameras[0].retention_h must be >= 1
      line 13: cameras[0].mask.reason is missing
      line 14: cameras[1].sign is missing
      line 21: cameras[1].mask.form must be one of none-needed, burnt-in, in-camera
      line 22: trackers[0].port must be >= 1]
  `);
});

test.for([
  { name: "a tab for indentation", text: "town:\n\tname: A", says: /line 2/ },
  {
    name: "the same key twice",
    text: "town: {name: A, tenant: a}\ntown: {name: B, tenant: b}",
    says: /line 2/,
  },
  { name: "an empty file", text: "", says: /one problem/ },
  { name: "not a mapping", text: "- 1", says: /must be object/ },
  {
    name: "aliases that grow",
    text: `a: &a [1,1]\nb: &b [${"*a,".repeat(30)}1]\nc: [${"*b,".repeat(30)}1]`,
    says: /alias/i,
  },
])("$name is one clear refusal", ({ text, says }) => {
  expect(() => readTownConfig(text, "town.yaml")).toThrowError(says);
});

test.for([
  {
    name: "a password in the settings",
    from: "/etc/yardline/yard-1.url",
    to: "rtsp://u:secret@h/1",
    says: /write it to a file/,
  },
  {
    name: "long retention without a reason",
    from: "controller: Village council",
    to: "controller: Village council\n    retention_h: 100",
    says: /line 9: camera "yard-1": keeping pictures longer than 72 hours needs a retention_reason/,
  },
  { name: "no sign", from: /\n {4}sign: .*/, to: "", says: /line 3: cameras\[0\]\.sign is missing/ },
  {
    name: "a live camera without a sign",
    from: "{ posted_on: 2026-11-30, place: At both gates }",
    to: "{ not_needed: Everybody knows it. }",
    says: /line 10: camera "yard-1": whoever is filmed by a live camera is told at the place/,
  },
  {
    name: "a sign of no day",
    from: "2026-11-30",
    to: "2026-02-30",
    says: /line 10: camera "yard-1": posted_on is no day/,
  },
  {
    name: "a live camera that says it plays a recording",
    from: "purpose: protection-of-property",
    to: "purpose: demonstration-with-recorded-material",
    says: /line 6: .*say what it watches over/,
  },
  {
    name: "safety alone",
    from: "purpose: protection-of-property",
    to: "purpose: safety",
    says: /line 6: cameras\[0\]\.purpose must be one of .*\(safety alone is no purpose, .*write what is protected, and from what\)/,
  },
  {
    name: "a second stream that is an address",
    from: "url_file",
    to: "sub_url_file: rtsp://a/b\n    url_file",
    says: /an address/,
  },
  {
    name: "a second stream beside a recording",
    from: "url_file: /etc/yardline/yard-1.url",
    to: "file: a.mp4\n    sub_url_file: /etc/y",
    says: /stands beside url_file/,
  },
  {
    name: "a second stream beside a mask of ours",
    from: /url_file: [\s\S]*/,
    to: `url_file: /etc/x
    sub_url_file: /etc/y
    purpose: protection-of-property
    legal_basis: public-task
    controller: Village council
    retention_h: 24
    mask: { form: burnt-in, polygons: [[[0, 0], [1, 0], [1, 1]]] }
    sign: { posted_on: 2026-11-30, place: At both gates }
`,
    says: /saves nothing/,
  },
  { name: "two sources", from: "url_file", to: "file: a.mp4\n    url_file", says: /exactly one/ },
])("$name is refused", ({ from, to, says }) => {
  const text = `town: { name: A, tenant: a }\ncameras:${yard.replace(from, to)}`;
  expect(() => readTownConfig(text, "town.yaml")).toThrowError(says);
});

test("two receivers of one name would share their place on the bus", () => {
  const hub = "{ name: region, protocol: egts, host: hub.example, port: 5153 }";
  const text = `town: { name: A, tenant: a }\nonward: [${hub}]`;
  expect(readTownConfig(text, "town.yaml").onward).toEqual([
    { name: "region", protocol: "egts", host: "hub.example", port: 5153 },
  ]);
  const twice = text.replace("]", `, ${hub}]`);
  expect(() => readTownConfig(twice, "town.yaml")).toThrow('line 2: receiver "region" is there twice');
});

test("two cameras of one id, and a port taken twice", () => {
  const text = `town: { name: A, tenant: a }\ncameras:${yard}${yard.slice(1)}\ntrackers: [{ protocol: wialon-ips, port: 8080 }]`;
  expect(() => readTownConfig(text, "town.yaml")).toThrowErrorMatchingInlineSnapshot(`
    [AppError: town.yaml has 2 problems; nothing was started.
      line 11: camera "yard-1": another camera has this id
      line 20: port 8080 is taken by the page]
  `);
});
