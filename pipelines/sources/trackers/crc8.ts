const POLYNOMIAL = 0x31;

const TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 0x80 ? ((remainder << 1) ^ POLYNOMIAL) & 0xff : remainder << 1;
  }
  return remainder;
});

/** CRC-8/NRSC-5 (x⁸ + x⁵ + x⁴ + 1, start 0xFF): the checksum of FLEX packets. */
export function crc8(bytes: Uint8Array): number {
  let remainder = 0xff;
  for (const byte of bytes) remainder = TABLE[remainder ^ byte] ?? 0;
  return remainder;
}
