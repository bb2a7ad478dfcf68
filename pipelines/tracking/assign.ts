/**
 * Pairs rows with columns so that the sum of costs is least (the assignment problem, by shortest augmenting paths:
 * Kuhn 1955, Jonker and Volgenant 1987; O(rows² × columns)). A row may stay alone at the price of `alone`, so that a pair dearer
 * than that is never made.
 *
 * @param cost rows of equal length; `Infinity` forbids a pair.
 * @returns for each row its column, or -1.
 */
export function assign(cost: readonly (readonly number[])[], alone: number): number[] {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  // One column of its own for each row, in which it stays alone.
  const width = columns + rows;
  const priceOf = (row: number, column: number) => {
    if (column >= columns) return alone;
    return Math.min(cost[row]?.[column] ?? FORBIDDEN, FORBIDDEN);
  };
  const solver = new Solver(width, priceOf);
  for (let row = 0; row < rows; row++) solver.add(row);
  const result = new Array<number>(rows).fill(-1);
  for (let column = 0; column < columns; column++) {
    const row = solver.rowOf[column + 1] ?? NOBODY;
    if (row !== NOBODY && priceOf(row, column) < alone) result[row] = column;
  }
  return result;
}

/** Dear beyond any sum of real costs, yet finite, so that differences of it stay numbers. */
const FORBIDDEN = 1e9;
const NOBODY = -1;

/** Columns count from 1: column 0 is the place from which a new row starts its search. */
class Solver {
  readonly rowOf: number[];
  readonly #rowPrice: number[] = [];
  readonly #columnPrice: number[];
  readonly #width: number;
  readonly #priceOf: (row: number, column: number) => number;

  constructor(width: number, priceOf: (row: number, column: number) => number) {
    this.#width = width;
    this.#priceOf = priceOf;
    this.rowOf = new Array<number>(width + 1).fill(NOBODY);
    this.#columnPrice = new Array<number>(width + 1).fill(0);
  }

  /** Seats one more row, moving others where that is cheaper. */
  add(row: number): void {
    this.#rowPrice[row] = 0;
    this.rowOf[0] = row;
    const search: Search = {
      slack: new Array<number>(this.#width + 1).fill(Number.POSITIVE_INFINITY),
      cameFrom: new Array<number>(this.#width + 1).fill(0),
      visited: new Array<boolean>(this.#width + 1).fill(false),
    };
    let column = 0;
    while (this.rowOf[column] !== NOBODY) {
      search.visited[column] = true;
      this.#compare(column, search);
      column = this.#nearest(search);
      this.#payForStep(search.slack[column] ?? 0, search);
    }
    while (column !== 0) {
      const before = search.cameFrom[column] ?? 0;
      this.rowOf[column] = this.rowOf[before] ?? NOBODY;
      column = before;
    }
  }

  /** How much each unvisited column would cost from the row that sits in `column`. */
  #compare(column: number, { slack, cameFrom, visited }: Search): void {
    const row = this.rowOf[column] ?? NOBODY;
    const rowPrice = this.#rowPrice[row] ?? 0;
    for (let other = 1; other <= this.#width; other++) {
      if (visited[other]) continue;
      const reduced = this.#priceOf(row, other - 1) - rowPrice - (this.#columnPrice[other] ?? 0);
      if (reduced >= (slack[other] ?? 0)) continue;
      slack[other] = reduced;
      cameFrom[other] = column;
    }
  }

  #nearest({ slack, visited }: Search): number {
    let nearest = 0;
    for (let other = 1; other <= this.#width; other++) {
      if (visited[other]) continue;
      if (nearest === 0 || (slack[other] ?? 0) < (slack[nearest] ?? 0)) nearest = other;
    }
    return nearest;
  }

  #payForStep(step: number, { slack, visited }: Search): void {
    for (let other = 0; other <= this.#width; other++) {
      if (visited[other]) {
        const seated = this.rowOf[other] ?? NOBODY;
        this.#rowPrice[seated] = (this.#rowPrice[seated] ?? 0) + step;
        this.#columnPrice[other] = (this.#columnPrice[other] ?? 0) - step;
      } else {
        slack[other] = (slack[other] ?? 0) - step;
      }
    }
  }
}

/** The tree of alternating paths grown for one row. */
type Search = { readonly slack: number[]; readonly cameFrom: number[]; readonly visited: boolean[] };
