import type { Hit, Order } from "./period-reader.ts";

/** Several streams, each in the order of occurrences, as one; no more is taken of any than is needed. */
export function* merged<Item extends Pick<Hit, "occurrence">>(
  streams: readonly Iterable<Item>[],
  order: Order,
): Generator<Item> {
  const [only, ...others] = streams;
  if (only && others.length === 0) return yield* only;
  using closing = new DisposableStack();
  const iterators = streams.map((stream) =>
    closing.adopt(stream[Symbol.iterator](), (each) => void each.return?.()),
  );
  const heads = iterators.map((iterator) => iterator.next());
  for (;;) {
    const at = firstOf(heads, order);
    const head = heads[at];
    const iterator = iterators[at];
    if (!iterator || !head || head.done) return;
    yield head.value;
    heads[at] = iterator.next();
  }
}

/** Which of the heads comes first; -1 where all have come to their end. */
function firstOf(heads: readonly IteratorResult<Pick<Hit, "occurrence">>[], order: Order): number {
  let first = -1;
  for (const [at, head] of heads.entries()) {
    const best = heads[first];
    if (head.done) continue;
    if (!best || best.done || head.value.occurrence < best.value.occurrence === (order === "ASC")) first = at;
  }
  return first;
}
