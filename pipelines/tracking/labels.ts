import type { Detection, Label } from "@yardline/domain/detection";

/** Labels that a detector takes for one another: the same thing may change between them from picture to picture. */
export type Kind = "person" | "two-wheeler" | "vehicle" | "animal";

const KIND_OF: Readonly<Record<Label, Kind>> = {
  person: "person",
  bicycle: "two-wheeler",
  motorcycle: "two-wheeler",
  car: "vehicle",
  bus: "vehicle",
  truck: "vehicle",
  dog: "animal",
};

export function kindOf(label: Label): Kind {
  return KIND_OF[label];
}

/** What the sightings of one track called it, each counted by its score. */
export type Votes = {
  readonly kind: Kind;
  readonly weights: Readonly<Partial<Record<Label, number>>>;
};

export function addVote({ kind, weights }: Votes, { label, score }: Detection): Votes {
  return { kind, weights: { ...weights, [label]: (weights[label] ?? 0) + score } };
}

/** The sightings of two tracks that turned out to be one object. */
export function addVotes(a: Votes, b: Votes): Votes {
  const weights = { ...a.weights };
  for (const label of KINDS_LABELS) {
    const more = b.weights[label];
    if (more !== undefined) weights[label] = (weights[label] ?? 0) + more;
  }
  return { kind: a.kind, weights };
}

const KINDS_LABELS = Object.keys(KIND_OF).filter((name): name is Label => name in KIND_OF);

/** The label with the greatest weight; among equals the first of the class list. */
export function labelOf({ weights }: Votes): Label {
  const [first = "person", ...others] = KINDS_LABELS.filter((label) => weights[label] !== undefined);
  return others.reduce((best, label) => ((weights[label] ?? 0) > (weights[best] ?? 0) ? label : best), first);
}
