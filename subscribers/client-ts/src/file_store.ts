import { fromJson, toJson } from "@bufbuild/protobuf";
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder, syncFolder, writeDurably } from "./durable_file.js";
import { DeliverySchema, PassedSchema, type Welcome } from "./generated/noroshi/v1/stream_pb.js";
import type { Item, Position } from "./item.js";
import type { Store } from "./store.js";

/**
 * Keeps alerts as files:
 *
 *     <folder>/<channel>/<epoch>/<sequence>.xml    the accepted bytes
 *     <folder>/<channel>/<epoch>/<sequence>.json   what came with them, or in their place a Passed
 *     <folder>/<channel>/<epoch>/.position         up to where everything is held
 *     <folder>/<channel>/.subscriber               whose alerts these are
 *
 * Each file is whole and on the disk, or not there, and an alert that comes again writes the same
 * bytes under the same name; the position is written last. Alerts may be taken away by whoever
 * reads them: the position remembers how far we are. Two receivers of one subscriber, of which the
 * hub ends the older, do each other no harm here.
 */
export class FileStore implements Store {
  readonly groupMax = 64;
  #channel = "";

  constructor(private readonly folder: string) {}

  async open(channel: string): Promise<Position[]> {
    this.#channel = channel;
    const place = await makeFolder(this.folder, channel);
    const positions: Position[] = [];
    for (const entry of await readdir(place, { withFileTypes: true })) {
      if (!entry.isDirectory() || !/^[1-9]\d{0,15}$/.test(entry.name)) continue;
      const file = path.join(place, entry.name, ".position");
      const text = await readFile(file, "utf8").catch(absent);
      if (text === undefined) continue;
      if (!/^\d{1,16}\n$/.test(text)) throw new Error(`${file}: not a position`);
      positions.push({ epoch: BigInt(entry.name), sequence: BigInt(text.trim()) });
    }
    return positions;
  }

  async begin(welcome: Welcome): Promise<void> {
    const place = path.join(this.folder, welcome.channel);
    const file = path.join(place, ".subscriber");
    const whose = `${welcome.subscriber} ${welcome.environment}\n`;
    const before = await readFile(file, "utf8").catch(absent);
    if (before !== undefined && before !== whose)
      throw new Error(`${place} holds the alerts of ${before.trim()}, not of ${whose.trim()}`);
    if (before === undefined) await writeDurably(file, whose);
    await makeFolder(place, String(welcome.epoch));
  }

  async take(item: Item): Promise<void> {
    const { position, content, receivedAt, channel } = item;
    const about = { epoch: String(position.epoch), channel, received_at: receivedAt.toISOString() };
    let said;
    if (content.kind === "delivery") {
      const { capXml, ...rest } = content.delivery;
      if (capXml) await writeDurably(this.#file(position, "xml"), capXml);
      said = { delivery: toJson(DeliverySchema, rest as typeof content.delivery) };
    } else {
      said = { passed: toJson(PassedSchema, content.passed) };
    }
    await writeDurably(this.#file(position, "json"), `${JSON.stringify({ ...about, ...said })}\n`);
  }

  async settle(through: Position): Promise<void> {
    const log = path.join(this.folder, this.#channel, String(through.epoch));
    await mkdir(log, { recursive: true });
    await syncFolder(log); // the alerts' names, before a position says they are there
    await writeDurably(path.join(log, ".position"), `${through.sequence}\n`);
    await syncFolder(log);
  }

  /** What is held of one log, in order; after open(). What was taken away is left out. */
  async *items(epoch: bigint): AsyncGenerator<Item> {
    const log = path.join(this.folder, this.#channel, String(epoch));
    const names = (await readdir(log).catch(absent)) ?? [];
    const sequences = names.flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(BigInt);
    for (const sequence of sequences.sort((a, b) => (a < b ? -1 : 1))) {
      const item = await this.#read({ epoch, sequence });
      if (item) yield item;
    }
  }

  async #read(position: Position): Promise<Item | undefined> {
    const text = await readFile(this.#file(position, "json"), "utf8").catch(absent);
    if (text === undefined) return undefined;
    const { channel, received_at, delivery, passed } = JSON.parse(text);
    const receivedAt = new Date(received_at);
    if (passed)
      return { position, channel, receivedAt, content: { kind: "passed", passed: fromJson(PassedSchema, passed) } };
    const capXml = await readFile(this.#file(position, "xml")).catch(absent);
    const read = fromJson(DeliverySchema, delivery);
    if (capXml) read.capXml = capXml;
    return { position, channel, receivedAt, content: { kind: "delivery", delivery: read } };
  }

  #file(position: Position, form: "xml" | "json"): string {
    return path.join(this.folder, this.#channel, String(position.epoch), `${position.sequence}.${form}`);
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
