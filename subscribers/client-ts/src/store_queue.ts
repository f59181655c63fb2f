import type { Item, Position } from "./item.js";
import type { Store } from "./store.js";

export interface StoreQueueOwner {
  /** Taken and not settled: what fails here, or is cut off, comes again with the items. */
  taken(items: readonly Item[]): Promise<void>;
  /** Settled and not acknowledged. */
  kept(through: Position): Promise<void> | undefined;
  settled(through: Position, items: readonly Item[]): void;
  /** The last call; what waited is dropped. */
  failed(error: unknown): void;
}

/**
 * What a store is asked to do, one call after another. Items that came while it was busy are taken
 * together, `groupMax` at most; how many may wait is the window of the stream.
 */
export class StoreQueue {
  #last: Promise<void> = Promise.resolve();
  #items: Item[] = [];
  #advance: Position | undefined;
  #dropping = false;
  #failed = false;

  constructor(private readonly store: Store, private readonly owner: StoreQueueOwner) {}

  /** Behind everything asked before; its failure ends the queue, too. */
  run(task: () => Promise<void>): Promise<void> {
    const done = this.#last.then(async () => {
      if (this.#failed) throw new Error("the store has failed");
      await task();
    });
    this.#last = done.catch((error: unknown) => this.#fail(error));
    return done;
  }

  take(item: Item): void {
    if (this.#dropping) return;
    this.#items.push(item);
    if (this.#items.length === 1) this.#later(() => this.#keep());
  }

  /** Nothing is outstanding up to there. */
  advance(to: Position): void {
    if (this.#dropping) return;
    const waiting = this.#advance !== undefined;
    this.#advance = to;
    if (waiting) return;
    this.#later(async () => {
      const through = this.#advance!;
      this.#advance = undefined;
      if (this.#dropping) return;
      await this.store.settle(through);
      await this.owner.kept(through);
    });
  }

  /** What has begun is finished, the rest dropped. */
  async close(): Promise<void> {
    this.#dropping = true;
    await this.#last;
  }

  #later(task: () => Promise<void>): void {
    this.run(task).catch(() => undefined); // told to `failed`
  }

  async #keep(): Promise<void> {
    const items = this.#items.splice(0, Math.max(1, this.store.groupMax));
    if (this.#items.length > 0) this.#later(() => this.#keep());
    if (this.#dropping || items.length === 0) return;
    const taken: Item[] = [];
    let failure: { error: unknown } | undefined;
    for (const item of items) {
      try {
        await this.store.take(item);
      } catch (error) {
        failure = { error };
        break;
      }
      taken.push(item);
    }
    const last = taken.at(-1);
    if (last) {
      await this.owner.taken(taken);
      await this.store.settle(last.position);
      await this.owner.kept(last.position);
      this.owner.settled(last.position, taken);
    }
    if (failure) throw failure.error;
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = this.#dropping = true;
    this.owner.failed(error);
  }
}
