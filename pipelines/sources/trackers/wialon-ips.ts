import { inflateSync } from "node:zlib";
import { crc16Arc } from "./crc16-arc.ts";
import { defineTrackerProtocol, type TrackerMessage, type TrackerProblem } from "./protocol.ts";
import { is, isLaidOut, isLetter } from "./recognise.ts";
import { type RecordProblem, readWialonRecord } from "./wialon-record.ts";

/** A black box of some hundred extended records. */
const FRAME_BYTES_MAX = 256 * 1024;
const BLACK_BOX_RECORDS_MAX = 5000;
const DEVICE_ID_CHARS_MAX = 64;
const NEWLINE = 0x0a;
/** The first byte of a compressed container: then two bytes of length, little-endian, then DEFLATE in a zlib wrapper. */
const COMPRESSED = 0xff;
const CONTAINER_HEAD_BYTES = 3;

type State = {
  /** From 2.0 on, each packet carries a checksum. */
  readonly version: 1 | 2;
};
const BEFORE_LOGIN: State = { version: 1 };

type Decoded = { readonly state: State; readonly message?: TrackerMessage };

/** What the answer says, by what was wrong; the two data packets differ only in the code for a wrong checksum. */
const CODES: Record<RecordProblem, string> = {
  structure: "-1",
  time: "0",
  coordinates: "10",
  motion: "11",
  satellites: "12",
};
const CHECKSUM_CODES = { SD: "13", D: "16" } as const;

/**
 * Wialon IPS 1.x and 2.x over TCP: `#TYPE#body` and a line end. A packet is judged by itself: a checksum that is there must be
 * right, one that is missing is missed only in a driver's message. Photos and tachograph files are refused: no picture enters here.
 * @see "Wialon IPS" by Gurtam, versions 1.1, 2.0 and 2.1
 */
export const wialonIps = defineTrackerProtocol({
  name: "wialon-ips",
  title: "Wialon IPS 1.x and 2.x, text over TCP",
  recognise: isLaidOut(is(0x23), isLetter),
  datagrams: true,
  frame_bytes_max: FRAME_BYTES_MAX,
  measureFrame,
  start: BEFORE_LOGIN,
  decode(state, frame) {
    if (frame[0] !== COMPRESSED) return decodePacket(state, frame);
    try {
      return decodePacket(
        state,
        inflateSync(frame.subarray(CONTAINER_HEAD_BYTES), { maxOutputLength: FRAME_BYTES_MAX }),
      );
    } catch {
      return { state, message: unread("compression", "A compressed packet cannot be opened.") };
    }
  },
});

function measureFrame(bytes: Uint8Array, from: number): number | undefined {
  if (bytes[0] === COMPRESSED) {
    return bytes.length < CONTAINER_HEAD_BYTES
      ? undefined
      : CONTAINER_HEAD_BYTES + (bytes[1] ?? 0) + 256 * (bytes[2] ?? 0);
  }
  const end = bytes.indexOf(NEWLINE, from);
  if (end < 0) return undefined;
  // Photo and tachograph blocks: the line names how many bytes follow it.
  const block = /^#(?:I#|T#[^;]*;)(\d{1,9});/.exec(textOf(bytes.subarray(0, Math.min(end, 80))));
  return end + 1 + Number(block?.[1] ?? 0);
}

function decodePacket(state: State, frame: Uint8Array): Decoded {
  const end = frame.indexOf(NEWLINE);
  const line = textOf(end < 0 ? frame : frame.subarray(0, end)).trim();
  if (line === "") return { state };
  // Before the first mark there may be the device's id, as in a datagram.
  const packet = /^([^#]*)#([A-Za-z]+)#(.*)$/s.exec(line);
  if (!packet) return { state, message: unread("structure", "A line is no Wialon IPS packet.") };
  const [, sender = "", type = "", body = ""] = packet;
  const device_id = findDeviceId(sender.split(";").at(-1));
  const decoded = decodeBody(state, type.toUpperCase(), body);
  return device_id && decoded.message ? { ...decoded, message: { device_id, ...decoded.message } } : decoded;
}

function decodeBody(state: State, type: string, body: string): Decoded {
  switch (type) {
    case "L":
      return decodeLogin(state, body);
    case "SD":
    case "D":
      return { state, message: decodeData(type, body) };
    case "B":
      return { state, message: decodeBlackBox(body) };
    case "P":
      return { state, message: { fixes: [], answer: answer("AP", "") } };
    case "M":
      return { state, message: decodeDriversMessage(state, body) };
    case "I":
      return { state, message: refuseBlock("AI", body.split(";")[1]) };
    case "IT":
      return { state, message: refuseBlock("AIT", undefined) };
    case "T":
      return { state, message: refuseBlock("AT", body.split(";")[2]) };
    default:
      // US, UC, QI and QT go from server to device only; later versions add more.
      return { state, message: unread("unwanted", `Packets of type ${type.slice(0, 8)} are not taken.`) };
  }
}

/** `imei;password` in 1.x, `version;imei;password;checksum` from 2.0 on. */
function decodeLogin(state: State, body: string): Decoded {
  const fields = body.split(";").map((field) => field.trim());
  const version = /^\d+\.\d+$/.test(fields[0] ?? "") ? 2 : 1;
  const device_id = findDeviceId(fields[version - 1]);
  const no = (code: string, problem: TrackerProblem): Decoded => ({
    state,
    message: { fixes: [], answer: answer("AL", code), problem },
  });
  if (version === 2 && checksumOf(body, ";", 3).checksum === "wrong") {
    return no("10", { code: "checksum", text: "The login's checksum is wrong." });
  }
  if (!device_id) {
    return no("0", { code: "structure", text: "The login names no device." });
  }
  const password = fields[version];
  return {
    state: { version },
    message: {
      device_id,
      ...(password && password !== "NA" && { password }),
      fixes: [],
      answer: answer("AL", "1"),
      refusal: answer("AL", "0"),
      password_refusal: answer("AL", "01"),
    },
  };
}

function findDeviceId(text = ""): string | undefined {
  const id = text.trim();
  return /^[\w.:-]+$/.test(id) && id.length <= DEVICE_ID_CHARS_MAX ? id : undefined;
}

function decodeData(type: "SD" | "D", body: string): TrackerMessage {
  const reply = type === "SD" ? "ASD" : "AD";
  const { rest, checksum } = checksumOf(body, ";", type === "SD" ? 10 : 16);
  if (checksum === "wrong") {
    const problem = { code: "checksum", text: "A position's checksum is wrong." } as const;
    return { fixes: [], answer: answer(reply, CHECKSUM_CODES[type]), problem };
  }
  const { fix, problem } = readWialonRecord(rest, false);
  if (problem) return { fixes: [], answer: answer(reply, CODES[problem]), problem: unreadable(problem) };
  return { fixes: fix ? [fix] : [], answer: answer(reply, "1") };
}

/** Records in any number, apart by `|`. The answer says how many could be read; none where the checksum is wrong. */
function decodeBlackBox(body: string): TrackerMessage {
  const { rest, checksum } = checksumOf(body, "|", 1);
  if (checksum === "wrong") {
    const problem = { code: "checksum", text: "A black box's checksum is wrong." } as const;
    return { fixes: [], answer: answer("AB", ""), problem };
  }
  const texts = rest.split("|").filter((text) => text.trim() !== "");
  if (texts.length > BLACK_BOX_RECORDS_MAX) {
    const text = `A black box has more than ${BLACK_BOX_RECORDS_MAX} records.`;
    return { fixes: [], answer: answer("AB", "0"), problem: { code: "structure", text } };
  }
  const records = texts.map((text) => readWialonRecord(text, true));
  const problems = records.flatMap(({ problem }) => problem ?? []);
  const fixes = records.flatMap(({ fix }) => fix ?? []);
  return {
    fixes,
    answer: answer("AB", String(records.length - problems.length)),
    ...(problems[0] && { problem: unreadable(problems[0]) }),
  };
}

function decodeDriversMessage({ version }: State, body: string): TrackerMessage {
  const { rest, checksum } = checksumOf(body, ";", 1);
  if (checksum === "wrong" && version === 2) {
    const problem = { code: "checksum", text: "A driver's message has a wrong checksum." } as const;
    return { fixes: [], answer: answer("AM", "01"), problem };
  }
  return {
    fixes: [],
    answer: answer("AM", "1"),
    text: Buffer.from(checksum === "right" ? rest : body, "latin1").toString(),
  };
}

function refuseBlock(reply: string, index: string | undefined): TrackerMessage {
  const which = index !== undefined && /^\d{1,6}$/.test(index) ? `${index};0` : "0";
  const problem = { code: "unwanted", text: "Photos and files of devices are not taken." } as const;
  return { fixes: [], answer: answer(reply, which), problem };
}

/**
 * Looks for a checksum after the last `separator`: hex digits of CRC-16/ARC over everything up to and with that separator.
 * One that does not fit is wrong only where a checksum may stand: with at least `fields_before` fields before it.
 */
function checksumOf(body: string, separator: ";" | "|", fields_before: number) {
  const last = body.lastIndexOf(separator);
  const hex = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(body.slice(last + 1).trim())?.[1];
  if (last < 0 || !hex) return { rest: body, checksum: "absent" } as const;
  const rest = body.slice(0, last);
  if (crc16Arc(Buffer.from(body.slice(0, last + 1), "latin1")) === Number.parseInt(hex, 16)) {
    return { rest, checksum: "right" } as const;
  }
  const wrong = rest.split(separator).length >= fields_before;
  return { rest: body, checksum: wrong ? "wrong" : "absent" } as const;
}

function unreadable(code: RecordProblem): TrackerProblem {
  return { code, text: `A record's ${code} cannot be read.` };
}

function unread(code: TrackerProblem["code"], text: string): TrackerMessage {
  return { fixes: [], problem: { code, text } };
}

/** One character a byte, so that checksums are of the bytes whatever their encoding. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function answer(type: string, code: string): Uint8Array {
  return Buffer.from(`#${type}#${code}\r\n`, "latin1");
}
