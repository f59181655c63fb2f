import { readFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder, syncFolder, writeDurably } from "./durable_file.js";
import type { Held } from "./held.js";
import type { Item, Position } from "./item.js";
import { Standing } from "./standing.js";

/**
 * What stands, kept in `<folder>/<channel>/standing.json`, so that a receiver that was killed knows
 * it again.
 *
 * Everything handed on up to its positions is in it. A receiver goes on from there and not from
 * where its store is, so that what a kill -9 came between is folded once more.
 */
export class StandingFile {
  standing = new Standing();
  readonly #positions = new Map<bigint, bigint>();
  #file = "";

  constructor(private readonly folder: string) {}

  async open(channel: string): Promise<void> {
    const place = await makeFolder(this.folder, channel);
    this.#file = path.join(place, "standing.json");
    const text = await readFile(this.#file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    if (text === undefined) return;
    const { positions, alerts } = JSON.parse(text, revive) as { positions: Position[]; alerts: Held[] };
    for (const { epoch, sequence } of positions) this.#positions.set(epoch, sequence);
    for (const held of alerts) this.standing.add(held);
  }

  position(epoch: bigint): bigint | undefined {
    return this.#positions.get(epoch);
  }

  take(item: Item, nowMs: number): Held[] {
    return this.standing.take(item, nowMs);
  }

  /** All that was taken is good up to `through`; durable when it is resolved. */
  async settle(through: Position): Promise<void> {
    this.#positions.set(through.epoch, through.sequence);
    await this.write();
  }

  async write(): Promise<void> {
    const positions = [...this.#positions].map(([epoch, sequence]) => ({ epoch, sequence }));
    await writeDurably(this.#file, `${JSON.stringify({ positions, alerts: this.standing.all() }, plain)}\n`);
    await syncFolder(path.dirname(this.#file));
  }
}

// 64-bit numbers are text in JSON, as in the stream's.
function plain(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function revive(key: string, value: unknown): unknown {
  return (key === "epoch" || key === "sequence") && typeof value === "string" ? BigInt(value) : value;
}
