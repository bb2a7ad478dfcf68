import { expect, test } from "vitest";
import { readTownConfig } from "./config.ts";

const read = (feeds: string) =>
  readTownConfig(`town: { name: Вишневе, tenant: vyshneve }\nfeeds:\n${feeds}`, "town.yaml");

test("a feed of each format", () => {
  const config =
    read(`  - { name: oblast, format: gtfs-realtime, url: "https://feed.example/vp.pb", every_s: 10 }
  - { name: hsl, format: hfp, broker: "mqtts://mqtt.hsl.fi", ids: fleet }
  - { name: netex, format: siri-vm, url_file: siri.url, header_file: siri.header, ca_file: ca.pem }
  - name: open-data
    format: json
    url: https://data.example/transport
    ids: hidden
    mapping: { vehicles: $, id: imei, latitude: latitude, longitude: longitude, time: time, time_format: iso, timezone: Europe/Kyiv }
`);
  expect(config.feeds?.map(({ name, format }) => [name, format])).toEqual([
    ["oblast", "gtfs-realtime"],
    ["hsl", "hfp"],
    ["netex", "siri-vm"],
    ["open-data", "json"],
  ]);
});

test("mistakes are told at once, each with its line and how to mend it", () => {
  const feeds = `  - { name: a, format: gtfs, url: "https://feed.example/" }
  - { name: b, format: gtfs-realtime, url: "ftp://feed.example/", topic: x }
  - { name: c, format: hfp, url: "https://feed.example/" }
  - { name: d, format: json, url: "https://feed.example/", mapping: { vehicles: "a..b" } }
`;
  expect(() => read(feeds)).toThrowErrorMatchingInlineSnapshot(`
    [AppError: town.yaml has 11 problems; nothing was started.
      line 3: feeds[0].format must be one of gtfs-realtime, hfp, siri-vm, json
      line 4: feeds[1].topic is not known here
      line 4: feeds[1].url must be: An address that begins with https:// or http://, without a key in it.
      line 5: feeds[2].broker is missing
      line 5: feeds[2].url is not known here
      line 6: feeds[3].mapping.id is missing
      line 6: feeds[3].mapping.latitude is missing
      line 6: feeds[3].mapping.longitude is missing
      line 6: feeds[3].mapping.time is missing
      line 6: feeds[3].mapping.time_format is missing
      line 6: feeds[3].mapping.vehicles must be: A path like data.items or geometry.coordinates[1]; $ is the whole answer.]
  `);
});

test("what is well-formed and cannot be meant", () => {
  const mapping =
    "{ vehicles: $, id: i, latitude: a, longitude: o, time: t, time_format: dd.MM.yyyy HH:mm, timezone: Kyiv }";
  const feeds = `  - { name: a, format: gtfs-realtime }
  - { name: a, format: gtfs-realtime, url: "https://me:secret@feed.example/" }
  - { name: b, format: siri-vm, url: "http://feed.example/", header_file: key }
  - { name: c, format: siri-vm, url: "http://192.168.1.4/", header_file: key, every_s: 120 }
  - { name: d, format: hfp, broker: "mqtt://mqtt.hsl.fi", user: me, password_file: key }
  - { name: e, format: hfp, broker: "mqtt://10.0.0.4", password_file: key }
  - { name: f, format: json, url: "https://feed.example/", mapping: ${mapping} }
`;
  expect(() => read(feeds)).toThrowErrorMatchingInlineSnapshot(`
    [AppError: town.yaml has 8 problems; nothing was started.
      line 3: feeds[0].url or url_file must be there, one of them
      line 4: feeds[1].url must hold no user and password: settings are shown, files of secrets are not
      line 4: feeds[1].name is there twice
      line 5: feeds[2].url must be https://, since header_file holds a key that all on the way could read
      line 6: feeds[3].stale_after_s must be at least twice every_s, 240: one answer may fail
      line 7: feeds[4].broker must be mqtts://, since all on the way could read the password
      line 8: feeds[5].user is missing beside password_file
      line 9: feeds[6].mapping.timezone: there is no time zone "Kyiv"; write one like Europe/Kyiv]
  `);
});
