import { expect, test } from "vitest";
import { parseKafkaAddress } from "./address.ts";

test.for([
  ["kafka://127.0.0.1:9092", { brokers: ["127.0.0.1:9092"], prefix: "yardline" }],
  ["kafka://a:1,b-2.example:65535/lviv", { brokers: ["a:1", "b-2.example:65535"], prefix: "lviv" }],
  ["kafka://[::1]:9092/", { brokers: ["[::1]:9092"], prefix: "yardline" }],
  [
    "kafka://town:p%40ss%3A%2F%25@a:9093?tls=1&ca=%2Fetc%2Fca.pem",
    {
      brokers: ["a:9093"],
      prefix: "yardline",
      tls: { ca: "/etc/ca.pem" },
      login: { mechanism: "scram-sha-512", user: "town", password: "p@ss:/%" },
    },
  ],
  [
    "kafka://u:a:b@h:1?tls=1&cert=c.pem&key=k.pem&mechanism=plain",
    {
      brokers: ["h:1"],
      prefix: "yardline",
      tls: { cert: "c.pem", key: "k.pem" },
      login: { mechanism: "plain", user: "u", password: "a:b" },
    },
  ],
  ["kafka://h:1?tls=0", { brokers: ["h:1"], prefix: "yardline" }],
] as const)("%s", ([text, address]) => {
  expect(parseKafkaAddress(text)).toEqual(address);
});

test.for([
  ["http://a:1", "it is not of this form"],
  ["kafka://", "it is not of this form"],
  ["kafka://a:1/../x", "it is not of this form"],
  ["kafka://a:1#x", "it is not of this form"],
  ["kafka://a", '"a" is no HOST:PORT'],
  ["kafka://a:0", '"a:0" is no HOST:PORT'],
  ["kafka://a:65536", '"a:65536" is no HOST:PORT'],
  ["kafka://a:1,,b:1", '"" is no HOST:PORT'],
  ["kafka://a:1?tsl=1", 'there is no setting "tsl"'],
  ["kafka://a:1?tls=yes", "tls is 1 or 0"],
  ["kafka://a:1?tls=1&tls=1", "tls is given twice"],
  ["kafka://a:1?tls=1&ca=", "ca is empty"],
  ["kafka://a:1?ca=x", "ca, cert and key need tls=1"],
  ["kafka://a:1?tls=1&cert=x", "cert and key need each other"],
  ["kafka://secret@a:1", "a login is USER:PASSWORD"],
  ["kafka://:secret@a:1", "a login is USER:PASSWORD"],
  ["kafka://u:secret@a:1?mechanism=gssapi", "mechanism is one of"],
  ["kafka://u:secret%zz@a:1", "percent-encoded"],
  ["kafka://u:sec ret@a:1", "it is not of this form"],
  ["kafka://u:secret@@a:1", "it is not of this form"],
])("%s is refused, and no password is shown", ([text = "", why]) => {
  const parse = () => parseKafkaAddress(text);
  expect(parse).toThrow(
    expect.objectContaining({ code: "BUS_ADDRESS", message: expect.stringContaining(why ?? "") }),
  );
  expect(parse).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/secret|sec ret/) }));
});
