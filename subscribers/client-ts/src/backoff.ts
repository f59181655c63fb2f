/**
 * How long to wait before trying again: doubling, with jitter so that a thousand receivers do not
 * come back in the same instant. Milliseconds.
 */
export class Backoff {
  #step: number;

  /** `random` gives a number from 0 up to 1. */
  constructor(
    private readonly first: number,
    private readonly most: number,
    private readonly random: () => number = Math.random,
  ) {
    this.#step = first;
  }

  /** Between half the current step and the whole of it; the step doubles up to `most`. */
  next(): number {
    const wait = this.#step / 2 + (this.random() * this.#step) / 2;
    this.#step = Math.min(this.#step * 2, this.most);
    return wait;
  }

  reset(): void {
    this.#step = this.first;
  }
}
