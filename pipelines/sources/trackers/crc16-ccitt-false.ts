const POLYNOMIAL = 0x1021;

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte << 8;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 0x8000 ? ((remainder << 1) ^ POLYNOMIAL) & 0xffff : remainder << 1;
  }
  return remainder;
});

/** CRC-16/CCITT-FALSE (x¹⁶ + x¹² + x⁵ + 1, high bit first, start 0xFFFF): the checksum of EGTS data. */
export function crc16CcittFalse(bytes: Uint8Array): number {
  let remainder = 0xffff;
  for (const byte of bytes) remainder = ((remainder << 8) & 0xffff) ^ (TABLE[(remainder >> 8) ^ byte] ?? 0);
  return remainder;
}
