// Classes of rows with equal keys; a key is a sequence of whole numbers, told one by one.
import { NONE } from "./layout.ts";

/** Numbers equal keys alike, from 0 in order of first sight. */
export class Classes {
  /** Class of each row so far; NONE without a key. */
  readonly column: number[] = [];
  /** Classes so far. */
  count = 0;
  readonly #symbols: number;
  // Keys that begin alike share a state; 0 is the empty beginning.
  readonly #next = new Map<number, number>();
  readonly #classOf = [NONE];
  #state = 0;

  /** Keys are of numbers from 0 to `symbols` - 1. */
  constructor(symbols: number) {
    this.#symbols = symbols;
  }

  /** Tells the next number of the row's key. */
  add(symbol: number): void {
    const step = this.#state * this.#symbols + symbol;
    let state = this.#next.get(step);
    if (state === undefined) {
      state = this.#classOf.push(NONE) - 1;
      this.#next.set(step, state);
    }
    this.#state = state;
  }

  /** Ends the row and its key. */
  endRow(): void {
    const state = this.#state;
    let number = this.#classOf[state]!;
    if (number === NONE) {
      number = this.count++;
      this.#classOf[state] = number;
    }
    this.column.push(number);
    this.#state = 0;
  }

  /** Ends a row without a key. */
  skipRow(): void {
    this.column.push(NONE);
  }
}

/** The same of keys that are a single value; undefined is no key. */
export function classesOf(keys: readonly (number | string | undefined)[]): { column: number[]; count: number } {
  const numbers = new Map<number | string, number>();
  const column = keys.map((key) => {
    if (key === undefined) return NONE;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { column, count: numbers.size };
}
