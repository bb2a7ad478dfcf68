const REVERSED_POLYNOMIAL = 0xa001;

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ REVERSED_POLYNOMIAL : remainder >>> 1;
  }
  return remainder;
});

/** CRC-16/ARC (x¹⁶ + x¹⁵ + x² + 1, reflected, no start or end value): the checksum of Wialon IPS 2.0. */
export function crc16Arc(bytes: Uint8Array): number {
  let remainder = 0;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (TABLE[(remainder ^ byte) & 0xff] ?? 0);
  return remainder;
}
