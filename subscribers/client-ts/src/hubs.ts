import { Backoff } from "./backoff.js";
import type { Fault } from "./fault.js";

/** A hub may ask for patience, but not switch a receiver off. */
const waitMsMax = 300_000;
/** Before the next of several hubs, so that not all receivers of a lost one arrive at once. */
const nextHubMsMax = 250;

export interface Turn {
  readonly hub: string;
  readonly waitMs: number;
}

/**
 * Which hub to try next, and when. Of several the next is tried at once; when all have failed since
 * anything was last received, the usual backoff passes before the first is tried again. What one
 * hub asks for in patience is asked for that hub alone.
 */
export class Hubs {
  #at = 0;
  #failedInARow = 0;
  readonly #hopeless = new Map<string, Fault>();

  /** `hubs` is not empty. */
  constructor(
    private readonly hubs: readonly string[],
    private readonly backoff: Backoff,
    private readonly random: () => number = Math.random,
  ) {}

  get current(): string {
    return this.hubs[this.#at]!;
  }

  /** Something came from the current hub: it is a good one. */
  progress(): void {
    this.#failedInARow = 0;
    this.#hopeless.clear();
    this.backoff.reset();
  }

  /** Said of the current hub: asking it again is of no use. True when that holds for all of them. */
  hopeless(fault: Fault): boolean {
    this.#hopeless.set(this.current, fault);
    return this.hubs.every((hub) => this.#hopeless.has(hub));
  }

  /** The current hub has failed; `waitMs` is what it asked for. */
  next(waitMs?: number): Turn {
    this.#failedInARow += 1;
    const alone = this.hubs.length === 1;
    this.#at = (this.#at + 1) % this.hubs.length;
    if (alone && waitMs !== undefined) return { hub: this.current, waitMs: Math.min(waitMs, waitMsMax) };
    if (this.#failedInARow % this.hubs.length === 0) return { hub: this.current, waitMs: this.backoff.next() };
    return { hub: this.current, waitMs: this.random() * nextHubMsMax };
  }
}
