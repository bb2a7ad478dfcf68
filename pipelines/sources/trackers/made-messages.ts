import { MADE_BINARY_DEVICES } from "./made-binary-messages.ts";

/** One message of a made device: what it sends, what it waits for before it goes on, and the places it holds. */
export type MadeMessage = {
  readonly sends: Uint8Array;
  /** Absent where the protocol confirms nothing. */
  readonly waits?: Uint8Array;
  readonly places: number;
};

type MadeDevice = { readonly protocol: string; readonly messages: readonly MadeMessage[] };

/** A made device as it is written down, in latin1. */
export type MadeRow = {
  readonly protocol: string;
  readonly messages: readonly { readonly sends: string; readonly waits?: string; readonly places: number }[];
};

const TEXT_DEVICES: readonly MadeRow[] = [
  {
    protocol: "wialon-ips",
    messages: [
      { sends: "#L#2.0;350000000000001;NA;E7BF\r\n", waits: "#AL#1\r\n", places: 0 },
      {
        sends: "#SD#010326;120000;4930.00000;N;03115.00000;E;36.0;90;NA;9;BD12\r\n",
        waits: "#ASD#1\r\n",
        places: 1,
      },
      {
        sends:
          "#B#010326;115900;4930.00000;N;03115.00000;E;36.0;90;NA;9|010326;115930;4930.00000;N;03115.00000;E;36.0;90;NA;9|885A\r\n",
        waits: "#AB#2\r\n",
        places: 2,
      },
    ],
  },
  {
    protocol: "nmea",
    messages: [
      { sends: "$IMEI=350000000000012\r\n", places: 0 },
      { sends: "$GPRMC,120000.000,A,4930.0000,N,03115.0000,E,19.4384,90.0,010326,,*34\r\n", places: 1 },
    ],
  },
  {
    protocol: "osmand",
    messages: [
      {
        sends:
          "GET /?id=350000000000013&lat=49.5&lon=31.25&speed=19.4384&bearing=90&timestamp=1772366400 HTTP/1.1\r\nHost: h\r\n\r\n",
        waits: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        places: 1,
      },
      {
        sends:
          'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 154\r\n\r\n{"device_id":"350000000000013","location":{"timestamp":"2026-03-01T12:00:00Z","coords":{"latitude":49.5,"longitude":31.25,"speed":10,"heading":90}}}      ',
        waits: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        places: 1,
      },
    ],
  },
  {
    protocol: "h02",
    messages: [
      {
        sends: "*HQ,3500000015,V1,120000,A,4930.0000,N,03115.0000,E,19.4384,90,010326,FFFFFBFF#",
        waits: "*HQ,3500000015,V4,V1,20260301120000#",
        places: 1,
      },
    ],
  },
  {
    protocol: "gps103",
    messages: [
      { sends: "##,imei:350000000000016,A;", waits: "LOAD", places: 0 },
      {
        sends: "imei:350000000000016,tracker,2603011200,,F,120000.000,A,4930.0000,N,03115.0000,E,19.4384,90;",
        places: 1,
      },
      {
        sends: "imei:350000000000016,help me,2603011200,,F,120000.000,A,4930.0000,N,03115.0000,E,19.4384,90;",
        waits: "**,imei:350000000000016,E;",
        places: 1,
      },
    ],
  },
  {
    protocol: "tk103",
    messages: [
      { sends: "(013612345678BP00000013612345678HSO)", waits: "(013612345678AP01HSO)", places: 0 },
      {
        sends:
          "(013612345678BP05000013612345678260301A4930.0000N03115.0000E036.0120000090.0001000000L00000000)",
        waits: "(013612345678AP05)",
        places: 1,
      },
    ],
  },
  {
    protocol: "gl200",
    messages: [
      {
        sends:
          "+RESP:GTFRI,060228,350000000000020,,,10,1,1,36.0,90,102.2,31.250000,49.500000,20260301120000,0255,0001,25F8,061A,,20260301120001,32CF$",
        waits: "+SACK:32CF$",
        places: 1,
      },
      {
        sends:
          "+BUFF:GTFRI,060228,350000000000020,,,10,1,1,36.0,90,102.2,31.250000,49.500000,20260301120000,0255,0001,25F8,061A,,20260301120001,32D0$",
        waits: "+SACK:32D0$",
        places: 1,
      },
    ],
  },
];

/**
 * A made device of each protocol, and its first messages over one connection: it names itself where the protocol has a way to, then
 * tells one place: 49.5 N, 31.25 E on the 1st of March 2026 at noon UTC, 36 km/h (19 knots where whole ones are told) to the east.
 * Written from the protocols' papers, none recorded; what the decoders are fuzzed with begins from these.
 */
export const MADE_DEVICES: readonly MadeDevice[] = [...TEXT_DEVICES, ...MADE_BINARY_DEVICES].map(
  ({ protocol, messages }) => ({
    protocol,
    messages: messages.map(({ sends, waits, places }) => ({
      sends: Buffer.from(sends, "latin1"),
      ...(waits !== undefined && { waits: Buffer.from(waits, "latin1") }),
      places,
    })),
  }),
);
