import type { MadeRow } from "./made-messages.ts";

const hex = (digits: string): string => Buffer.from(digits, "hex").toString("latin1");

/** The devices of `made-messages.ts` that speak in binary; what they send is latin1. */
export const MADE_BINARY_DEVICES: readonly MadeRow[] = [
  {
    protocol: "egts",
    messages: [
      {
        sends: hex("0100000b001e00000001ef1700000080010101140001000000023335303030303030303030303030327419"),
        waits: hex(
          "0100000b0010000000006800000006000000400101000300000000d8ab0100000b000b000100011904000100400101090100003198",
        ),
        places: 0,
      },
      {
        sends: hex(
          "0100000b001f000100017a1800010080020210150040ef661ecccccc8c1cc7712c0168015a0000000000157d",
        ),
        waits: hex("0100000b001000020000e4010000060002004002020003000100008884"),
        places: 1,
      },
      {
        sends: hex(
          "0100000b001f00020001b01800020080020210150040ef661ecccccc8c1cc7712c0968015a0000000000e155",
        ),
        waits: hex("0100000b001000030000a202000006000300400202000300020000dced"),
        places: 1,
      },
    ],
  },
  {
    protocol: "teltonika",
    messages: [
      { sends: hex("000f333530303030303030303030303033"), waits: hex("01"), places: 0 },
      {
        sends: hex(
          "000000000000002108010000019ca9450a000112a05f201d8119c00064005a0900240000000000000100007a63",
        ),
        waits: hex("00000001"),
        places: 1,
      },
    ],
  },
  {
    protocol: "galileosky",
    messages: [
      {
        sends: hex("01170001110222033335303030303030303030303030340432009b85"),
        waits: hex("029b85"),
        places: 0,
      },
      {
        sends: hex("01170004320020402aa4693007604ff30250d6dc013368018403a0e3"),
        waits: hex("02a0e3"),
        places: 1,
      },
    ],
  },
  {
    protocol: "arnavi",
    messages: [
      { sends: hex("ff2205e0abb9523e0100"), waits: hex("7b00007d"), places: 0 },
      {
        sends: hex("5b2a010f00402aa4690300004642040000fa41052d007213f85d"),
        waits: hex("7b002a7d"),
        places: 1,
      },
    ],
  },
  {
    protocol: "navtelecom",
    messages: [
      {
        sends: hex("404e5443010000000700000013004d412a3e533a333530303030303030303030303036"),
        waits: hex("404e54430700000001000000030045592a3c53"),
        places: 0,
      },
      {
        sends: hex("404e544301000000070000000c00d0c32a3e464c4558b00a0a0e81ec"),
        waits: hex("404e544307000000010000000900b1a72a3c464c4558b00a0a"),
        places: 0,
      },
      {
        sends: hex("7e5405000000050000002a402aa469a02fc501301a1e01000010425a00b2"),
        waits: hex("7e54050000008c"),
        places: 1,
      },
      {
        sends: hex("7e4101050000002a402aa469a02fc501301a1e01000010425a0035"),
        waits: hex("7e4101df"),
        places: 1,
      },
    ],
  },
  {
    protocol: "ndtp",
    messages: [
      {
        sends: hex("7e7e1c0002005f1402000000000000000064000100010000000600020000004f0c0200ffff000000000000"),
        waits: hex("7e7e0e000200cd6a020000000000000000000000000100000000000000"),
        places: 0,
      },
      {
        sends: hex(
          "7e7e2600020051d402000000000000010065000100020000000000402aa469205fa012c019811de00024003f005a00000050000905",
        ),
        waits: hex("7e7e0e000200192a020000000000000100000000000200000000000000"),
        places: 1,
      },
      {
        sends: hex(
          "7e7e26000200201402000000000000010064000100030000000000402aa469205fa012c019811de00024003f005a00000050000905",
        ),
        waits: hex("7e7e0e000200d5eb020000000000000100000000000300000000000000"),
        places: 1,
      },
    ],
  },
  {
    protocol: "omnicomm",
    messages: [
      { sends: hex("c08008008813000001020304164f"), waits: hex("c0850400000000002531"), places: 0 },
      {
        sends: hex(
          "c086280007000000dbdc224820001d00130801142b0880e788d80310dbdcfc82aa0218e802205a38dbdcc5a082022c4a44",
        ),
        waits: hex("c087040008000000dbdc11"),
        places: 1,
      },
    ],
  },
  {
    protocol: "granit",
    messages: [
      {
        sends: hex("2b525243427e1a009310402aa469b0901f31983a3075135a000000000000000000002a43410d0a"),
        waits: hex("42422b554752437e0600402aa46993102a37340d0a"),
        places: 1,
      },
      {
        sends: hex(
          "2b444441547e8400931004010500042aa469b0901f31983a3075135a00000000000000000000b0901f31983a3075135a00000000000000000000fefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefefe14002a42300d0a",
        ),
        waits: hex("42422b415243467e0400050093102a43310d0a"),
        places: 2,
      },
    ],
  },
  {
    protocol: "adm",
    messages: [
      {
        sends: hex(
          "010042033335303030303030303030303031300501000000000000000000000000000000000000000000000000000000000000000000000000000000000000000073",
        ),
        waits: "***1*",
        places: 0,
      },
      {
        sends: hex(
          "010037280000000000000046420000fa41840368010000000000402aa46900000000000000000000000000000000000000000000000000",
        ),
        waits: "***1*",
        places: 1,
      },
    ],
  },
  {
    protocol: "ruptela",
    messages: [
      {
        sends: hex("002600013e52b9abe00b01000169a42a40000012a05f201d8119c0032023280900240a07000000002099"),
        waits: hex("0002640113bc"),
        places: 1,
      },
      {
        sends: hex(
          "004100013e52b9abe00b01010269a42a40000012a05f201d8119c0032023280900240a070000000069a42a40000012a05f201d8119c0032023280900240a0700000000237f",
        ),
        waits: hex("0002640113bc"),
        places: 2,
      },
    ],
  },
  {
    protocol: "gt06",
    messages: [
      { sends: hex("78780d010350000000000014000125630d0a"), waits: hex("787805010001d9dc0d0a"), places: 0 },
      {
        sends: hex("78781f121a03010c0000c9054f8ee0035a4e9024145a0106010fa0001f7100028eb50d0a"),
        waits: hex("78780512000281b60d0a"),
        places: 1,
      },
    ],
  },
  {
    protocol: "meitrack",
    messages: [
      {
        sends:
          "$$Q127,350000000000018,AAA,35,49.500000,31.250000,260301120000,A,9,20,36,90,0.9,100,1000,2000,255|1|0065|118A,0000,0|0|0|8D4|2,,*03\r\n",
        places: 1,
      },
      {
        sends: hex(
          "24245136332c3335303030303030303030303031382c4343452c0000000001001d00000001050102082400095a000302604ff3020350d6dc0104c0e63631002a44320d0a",
        ),
        waits: "@@Q27,350000000000018,CCE,1*C5\r\n",
        places: 1,
      },
    ],
  },
  {
    protocol: "jt808",
    messages: [
      {
        sends: hex("7e0102000b013300000019000131333330303030303031391b7e"),
        waits: hex("7e8001000501330000001900000001010200ad7e"),
        places: 0,
      },
      {
        sends: hex("7e0200001c0133000000190002000000000000000202f34f6001dcd65000090168005a2603012000008e7e"),
        waits: hex("7e8001000501330000001900000002020000af7e"),
        places: 1,
      },
      {
        sends: hex(
          "7e070400210133000000190003000101001c000000000000000202f34f6001dcd65000090168005a260301200000af7e",
        ),
        waits: hex("7e8001000501330000001900000003070400af7e"),
        places: 1,
      },
    ],
  },
];
