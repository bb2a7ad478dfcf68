import { assert } from "@yardline/domain/assert";
import { contentOf, findBox, type Mp4Box, viewOf } from "@yardline/sources/video/boxes";
import type { Init } from "@yardline/sources/video/fragments";

/** One picture of a clip: `moof` and `mdat`, its decode time from the clip's start and its length, in ticks of the track. */
export type Piece = {
  readonly data: Uint8Array;
  readonly time: number;
  readonly ticks: number;
  /** Needs no other picture. */
  readonly key: boolean;
};

const MOVIE_TIMESCALE_AT = { 0: 12, 1: 20 } as const;

/** Decode time of a fragment's first sample (`tfdt`), in ticks. @param fragment `moof` and what follows it. */
export function timeOf(fragment: Uint8Array): number {
  const view = viewOf(contentOf(tfdtOf(fragment)));
  return view.getUint8(0) === 1 ? Number(view.getBigUint64(4)) : view.getUint32(4);
}

/** The same fragment, `ticks` earlier. */
export function shiftedBy(fragment: Uint8Array, ticks: number): Uint8Array {
  const copy = Uint8Array.from(fragment);
  const view = viewOf(contentOf(tfdtOf(copy)));
  const time = timeOf(fragment) - ticks;
  if (view.getUint8(0) === 1) view.setBigUint64(4, BigInt(time));
  else view.setUint32(4, time);
  return copy;
}

function tfdtOf(fragment: Uint8Array): Mp4Box {
  const box = findBox(fragment, ["moof", "traf", "tfdt"]);
  assert(box !== undefined, "a fragment without a time was let in");
  return box;
}

/** The init with the clip's length written in, where a live stream has 0: players then show it and let one seek. */
export function fileHead(init: Init, ticks: number): Uint8Array {
  const head = Uint8Array.from(init.data);
  const moov = findBox(head, ["moov"]);
  if (!moov) return head;
  const mvhd = findBox(moov.data, ["moov", "mvhd"]);
  const movie_timescale = mvhd ? timescaleOf(contentOf(mvhd)) : 1000;
  const movie_ticks = Math.round((ticks * movie_timescale) / init.timescale);
  writeDuration(mvhd, movie_ticks, { 0: 16, 1: 24 });
  writeDuration(findBox(moov.data, ["moov", "trak", "tkhd"]), movie_ticks, { 0: 20, 1: 28 });
  writeDuration(findBox(moov.data, ["moov", "trak", "mdia", "mdhd"]), ticks, { 0: 16, 1: 24 });
  return head;
}

function timescaleOf(content: Uint8Array): number {
  const view = viewOf(content);
  return view.getUint32(MOVIE_TIMESCALE_AT[view.getUint8(0) === 1 ? 1 : 0]);
}

function writeDuration(
  box: Mp4Box | undefined,
  ticks: number,
  at: { readonly 0: number; readonly 1: number },
): void {
  if (!box) return;
  const view = viewOf(contentOf(box));
  if (view.getUint8(0) === 1) view.setBigUint64(at[1], BigInt(ticks));
  else view.setUint32(at[0], Math.min(ticks, 0xffffffff));
}

const SIDX_HEAD_BYTES = 32;
const SIDX_ENTRY_BYTES = 12;
/** The table counts its entries in 16 bits. */
const ENTRIES_MAX = 0xffff;

/** A segment index (`sidx`, ISO/IEC 14496-12, 8.16.3) with an entry for each group of pictures: where seeking may land. */
export function seekTable(timescale: number, pieces: readonly Piece[]): Uint8Array {
  const groups: { bytes: number; ticks: number }[] = [];
  for (const piece of pieces) {
    const group = groups.at(-1);
    if (!group || piece.key) groups.push({ bytes: piece.data.length, ticks: piece.ticks });
    else {
      group.bytes += piece.data.length;
      group.ticks += piece.ticks;
    }
  }
  if (groups.length > ENTRIES_MAX) return new Uint8Array();
  const box = new Uint8Array(SIDX_HEAD_BYTES + groups.length * SIDX_ENTRY_BYTES);
  const view = viewOf(box);
  view.setUint32(0, box.length);
  box.set(Buffer.from("sidx"), 4);
  view.setUint32(12, 1); // reference_ID: the one track.
  view.setUint32(16, timescale);
  view.setUint16(30, groups.length);
  for (const [at, { bytes, ticks }] of groups.entries()) {
    const entry = SIDX_HEAD_BYTES + at * SIDX_ENTRY_BYTES;
    view.setUint32(entry, bytes); // Highest bit 0: it refers to media.
    view.setUint32(entry + 4, ticks);
    view.setUint32(entry + 8, 0x90000000); // starts_with_SAP, of type 1.
  }
  return box;
}
