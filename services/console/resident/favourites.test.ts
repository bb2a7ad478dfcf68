import { expect, test } from "vitest";
import { readFavourites, toggleFavourite } from "./favourites.ts";

const stop = (stop_id: string) => ({ stop_id, stop_name: `Stop ${stop_id}` });
function handStorage(first?: string) {
  let kept: string | null = first ?? null;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

test("a stop is kept in front, and given up by the same button", () => {
  const storage = handStorage();
  toggleFavourite(storage, stop("a"));
  toggleFavourite(storage, stop("b"));
  expect(readFavourites(storage)).toEqual([stop("b"), stop("a")]);
  toggleFavourite(storage, stop("b"));
  expect(readFavourites(storage)).toEqual([stop("a")]);
});

test.for(["{", "null", "7", '[{"stop_id":7}]', "[null]"])(
  "what was kept as %s is as good as nothing",
  (kept) => {
    expect(readFavourites(handStorage(kept))).toEqual([]);
  },
);

test("more than twenty push the oldest out; a full browser does not throw", () => {
  const storage = handStorage();
  for (let n = 0; n < 25; n += 1) toggleFavourite(storage, stop(`${n}`));
  expect(readFavourites(storage).map(({ stop_id }) => stop_id)).toEqual(
    Array.from({ length: 20 }, (_, n) => `${24 - n}`),
  );
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  expect(toggleFavourite(full, stop("a"))).toEqual([stop("a")]);
});
