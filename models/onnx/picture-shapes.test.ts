import { expect, test } from "vitest";
import { checkPictureShapes } from "./picture-shapes.ts";

/** Lines such as `NonZero picture -> found`, with `two` and `size` constants of the file. */
function check(...lines: readonly string[]): () => void {
  const nodes = lines.map((line) => {
    const [taken = "", given = ""] = line.split(" -> ");
    const [op = "", ...inputs] = taken.split(" ");
    return { op, inputs, outputs: given.split(" ") };
  });
  return () => checkPictureShapes(nodes, new Set(["two", "size"]));
}

test.for([
  ["as much as there is to be seen", check("NonZero picture -> found")],
  ["a size read off the picture", check("Cast picture -> n", "ConstantOfShape n -> grown")],
  ["a size after some sums", check("Add picture two -> n", "Mul n two -> m", "Tile two m -> grown")],
  ["one of several results", check("TopK picture two -> best which", "Expand two which -> grown")],
  ["sizes of a Resize in its fourth place", check("Cast picture -> n", "Resize two   n -> grown")],
  ["a name that comes only later", check("Tile two n -> grown", "Relu two -> n")],
  ["an operator that is new to us", check("Sprawl picture -> grown")],
  ["chance", check("Dropout two -> n", "Range two n two -> grown")],
] as const)("refused: %s", ([, checking]) => {
  expect(checking).toThrow("what the picture shows decides");
});

test.for([
  ["sizes that stand in the file", check("Resize picture   size -> large", "Tile large two -> larger")],
  [
    "sizes that follow from the picture's own",
    check("Shape picture -> n", "Gather n two -> m", "Tile two m -> x"),
  ],
  ["what only constants decide", check("NonZero two -> n", "ConstantOfShape n -> x", "Mul x picture -> y")],
  ["the best so many", check("TopK picture two -> best which", "Gather picture which -> them")],
  ["nothing left out in between", check("Clip picture  two -> x", "Conv x two two -> y")],
] as const)("taken: %s", ([, checking]) => {
  expect(checking).not.toThrow();
});
