import type { GraphModel, GraphNode } from "./graph-model.ts";

/** x, where the node spells out hard-swish: (1/6 · x) · relu6(x + 3). */
export function hardSwishOf(node: GraphNode, model: GraphModel): string | undefined {
  const [scaled, gate] = factors(node, model);
  if (scaled?.op !== "Mul" || gate?.op !== "Relu6") return undefined;
  const x = shiftedBy3(gate, model);
  return x !== undefined && isSixth(scaled.inputs[0], model) && scaled.inputs[1] === x ? x : undefined;
}

/** x, where the node spells out hard-sigmoid: 1/6 · relu6(x + 3). */
export function hardSigmoidOf(node: GraphNode, model: GraphModel): string | undefined {
  const [sixth, gate] = node.inputs;
  const relu6 = model.nodes.get(gate ?? "");
  return isSixth(sixth, model) && relu6?.op === "Relu6" ? shiftedBy3(relu6, model) : undefined;
}

function factors({ inputs }: GraphNode, model: GraphModel): (GraphNode | undefined)[] {
  return inputs.map((name) => model.nodes.get(name));
}

/** x, where the node is relu6(x + 3). */
function shiftedBy3(relu6: GraphNode, model: GraphModel): string | undefined {
  const sum = model.nodes.get(relu6.inputs[0] ?? "");
  const [x, three] = sum?.inputs ?? [];
  return sum?.op === "Add" && model.weights.get(three ?? "")?.values[0] === 3 ? x : undefined;
}

/** Within the precision of the float16 it is stored in. */
function isSixth(name: string | undefined, model: GraphModel): boolean {
  const [value = 0] = model.weights.get(name ?? "")?.values ?? [];
  return Math.abs(value - 1 / 6) < 1e-4;
}
