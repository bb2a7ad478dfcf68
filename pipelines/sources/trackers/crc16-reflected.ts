/** The remainder of a byte for each byte, of a polynomial written with its lowest power first. */
function tableOf(polynomial: number): Uint16Array {
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    }
    return remainder;
  });
}

const CCITT = tableOf(0x8408);
const IBM = tableOf(0xa001);

function remainderOf(bytes: Uint8Array, table: Uint16Array, start: number): number {
  let remainder = start;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (table[(remainder ^ byte) & 0xff] ?? 0);
  return remainder;
}

/** CRC-16/MODBUS: the checksum of NDTP. */
export function crc16Modbus(bytes: Uint8Array): number {
  return remainderOf(bytes, IBM, 0xffff);
}

/** CRC-16/KERMIT, "CCITT" in Ruptela's papers. */
export function crc16Kermit(bytes: Uint8Array): number {
  return remainderOf(bytes, CCITT, 0);
}

/** CRC-16/IBM-SDLC, also X.25, "CRC-ITU" in Concox's papers: the checksum of GT06. */
export function crc16X25(bytes: Uint8Array): number {
  return remainderOf(bytes, CCITT, 0xffff) ^ 0xffff;
}
