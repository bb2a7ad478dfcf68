import { setTimeout as wait } from "node:timers/promises";
import { makePki } from "@yardline/relay/testing/pki";
import { TwoBoxes } from "@yardline/relay/testing/two-boxes";

/** What became of the statements of an edge on their way to its region. */
export type RelayTally = {
  /** Statements that the edge's bus acknowledged. */
  readonly acknowledged: number;
  /** Of those, how many the region never got. */
  readonly lost: number;
  /** Occurrences of which the region was told two different things under one revision. */
  readonly doubled: number;
  /** Statements that came more than once, word for word: whoever reads them passes over the second. */
  readonly repeated: number;
  /** From the end of all faults until the region had everything. */
  readonly catch_up_ms: number;
};

const CATCH_UP_MS_MAX = 600_000;
/** How long both work between two kills, at most. */
const LIFE_MS_MAX = 1_500;

/** Cuts the line between an edge and its region for a while, under a steady flow of statements. */
export function relayCut(
  folder: string,
  { cut_s, per_s }: { cut_s: number; per_s: number },
): Promise<RelayTally> {
  return faulted(folder, per_s, async ({ link }) => {
    await wait(1_000);
    link.cut();
    await wait(cut_s * 1_000);
    link.mend();
  });
}

/** Kills -9 the edge or the region, again and again, at moments that `random` chooses. */
export function relayKills(
  folder: string,
  { kills, per_s, random }: { kills: number; per_s: number; random: () => number },
): Promise<RelayTally> {
  return faulted(folder, per_s, async (boxes) => {
    for (let n = 0; n < kills; n++) {
      await wait(random() * LIFE_MS_MAX);
      if (random() < 0.5) {
        await boxes.killEdge();
        await boxes.startEdge();
      } else {
        await boxes.killRegion();
        await boxes.startRegion();
      }
    }
  });
}

async function faulted(
  folder: string,
  per_s: number,
  faults: (boxes: TwoBoxes) => Promise<void>,
): Promise<RelayTally> {
  const boxes = await TwoBoxes.start(folder, await makePki(), per_s);
  try {
    await faults(boxes);
    const catch_up_ms = await boxes.catchUp(CATCH_UP_MS_MAX);
    await boxes.stop();
    const [acknowledged, arrived] = [new Set(boxes.acknowledged()), await boxes.said("region")];
    const distinct = new Set(arrived);
    return {
      acknowledged: acknowledged.size,
      lost: acknowledged.difference(distinct).size,
      doubled: await boxes.contradictions(),
      repeated: arrived.length - distinct.size,
      catch_up_ms: Math.round(catch_up_ms),
    };
  } finally {
    await boxes.stop();
  }
}
