import { boxesIn, contentOf, findBox, viewOf } from "@yardline/sources/video/boxes";

/** A sample entry's own fields before its boxes: 8 of the entry, 70 of the picture (ISO/IEC 14496-12, 12.1.3). */
const ENTRY_FIELDS_BYTES = 78;

/**
 * The codec of a recording as browsers are asked for it (RFC 6381), as `avc1.4d401f` or `hvc1.1.6.L93.b0`; undefined where the
 * head names none that browsers know.
 * @param head `ftyp` and `moov`.
 */
export function codecStringOf(head: Uint8Array): string | undefined {
  const stsd = findBox(head, ["moov", "trak", "mdia", "minf", "stbl", "stsd"]);
  const entry = stsd && boxesIn(contentOf(stsd).subarray(8))[0];
  if (!entry) return undefined;
  const boxes = boxesIn(contentOf(entry).subarray(ENTRY_FIELDS_BYTES));
  const config = boxes.find(({ type }) => type === "avcC" || type === "hvcC");
  const content = config && contentOf(config);
  if (config?.type === "avcC" && content && content.length >= 4) {
    return `${entry.type}.${hexOf(content.subarray(1, 4))}`;
  }
  if (config?.type === "hvcC" && content && content.length >= 13) return `${entry.type}.${hevcOf(content)}`;
  return undefined;
}

/** ISO/IEC 14496-15, E.3: profile, compatibility flags backwards, tier and level, constraints without trailing zeros. */
function hevcOf(content: Uint8Array): string {
  const view = viewOf(content);
  const general = view.getUint8(1);
  const space = ["", "A", "B", "C"][general >> 6];
  let compatibility = 0;
  for (let bit = 0; bit < 32; bit++) {
    if ((view.getUint32(2) >>> bit) & 1) compatibility |= 1 << (31 - bit);
  }
  const tier = general & 0x20 ? "H" : "L";
  const constraints = [...content.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    `${space}${general & 0x1f}`,
    (compatibility >>> 0).toString(16),
    `${tier}${view.getUint8(12)}`,
    ...constraints.map((byte) => byte.toString(16)),
  ].join(".");
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
