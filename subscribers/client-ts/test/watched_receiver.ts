// A receiver whose every word is noted, with a store that can be held up.
import type { TestContext } from "node:test";
import {
  type Ending, type Item, type Listener, type Position, Receiver, type ReceiverSettings, type Store,
  type Welcome,
} from "../src/index.js";
import { until } from "./hub.js";

/** Keeps items in memory; `gate` holds up settle() until it is resolved. */
export class MemoryStore implements Store {
  readonly groupMax = 64;
  readonly taken: Item[] = [];
  readonly positions = new Map<bigint, bigint>();
  gate: Promise<void> = Promise.resolve();

  async open(): Promise<Position[]> {
    return [...this.positions].map(([epoch, sequence]) => ({ epoch, sequence }));
  }
  async begin(): Promise<void> {}
  async take(item: Item): Promise<void> {
    this.taken.push(item);
  }
  async settle(through: Position): Promise<void> {
    await this.gate;
    this.positions.set(through.epoch, through.sequence);
  }
  get sequences(): bigint[] {
    return this.taken.map((item) => item.position.sequence);
  }
}

export class WatchedReceiver {
  readonly words: string[] = [];
  readonly welcomes: Welcome[] = [];
  readonly stored: bigint[] = [];
  readonly receiver: Receiver;
  readonly ending: Promise<Ending>;

  constructor(test: TestContext, settings: ReceiverSettings) {
    const listener: Listener = {
      connected: (welcome, hub) => {
        this.welcomes.push(welcome);
        this.words.push(`connected ${hub}`);
      },
      lost: (fault, hub) => this.words.push(`lost ${hub} ${fault.kind} ${fault.detail}`),
      stored: (items) => this.stored.push(...items.map((item) => item.position.sequence)),
      logChanged: () => this.words.push("log changed"),
      declined: ({ id, code }) => this.words.push(`declined ${id} ${code}`),
    };
    this.receiver = new Receiver({ backoffFirstMs: 50, backoffMostMs: 500, ...settings }, listener);
    this.ending = this.receiver.run();
    test.after(async () => {
      this.receiver.stop();
      await this.ending;
    });
  }

  async connected(times = 1): Promise<void> {
    await until(`${times} connections; ${this.words.join("; ")}`, () => this.welcomes.length >= times);
  }

  async has(...sequences: bigint[]): Promise<void> {
    await until(`${sequences.join()} stored`, () => sequences.every((one) => this.stored.includes(one)));
  }
}
