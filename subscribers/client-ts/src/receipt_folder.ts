import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { makeFolder, syncFolder, writeDurably } from "./durable_file.js";
import { type Receipt, ReceiptSchema } from "./generated/noroshi/v1/stream_pb.js";

/** On-air reports on their way to the hub; one call at a time. */
export interface ReceiptStore {
  /** Those of one channel of one log that wait. */
  open(channel: string, epoch: bigint): Promise<Receipt[]>;
  /** Durable when it is resolved. One with an id that waits already takes its place. */
  add(channel: string, epoch: bigint, receipts: readonly Receipt[]): Promise<void>;
  /** Of a receipt that a crash brings back only a repetition is to be feared. */
  remove(channel: string, epoch: bigint, id: string): Promise<void>;
}

/** Whether `id` is one the hub takes and a file may be named. */
export function isReceiptId(id: string): boolean {
  return /^[A-Za-z0-9_:-][A-Za-z0-9_.:-]{0,63}$/.test(id);
}

/**
 * One file each: on the disk before it is sent, gone once the hub has recorded or declined it. What
 * a crash leaves is sent again; the hub knows an id. The C++ receiver's folder is the same.
 *
 *     <folder>/<channel>/<epoch>/<id>     a noroshi.v1.Receipt
 */
export class ReceiptFolder implements ReceiptStore {
  readonly #made = new Set<string>();

  /** Nothing is touched before open() or add(). */
  constructor(private readonly folder: string) {}

  async open(channel: string, epoch: bigint): Promise<Receipt[]> {
    const log = await this.#log(channel, epoch);
    const receipts: Receipt[] = [];
    for (const name of (await readdir(log)).sort()) {
      if (!isReceiptId(name)) continue; // half written
      const receipt = fromBinary(ReceiptSchema, await readFile(path.join(log, name)));
      if (receipt.id !== name) throw new Error(`${path.join(log, name)}: not a receipt`);
      receipts.push(receipt);
    }
    return receipts;
  }

  async add(channel: string, epoch: bigint, receipts: readonly Receipt[]): Promise<void> {
    if (receipts.length === 0) return;
    const log = await this.#log(channel, epoch);
    for (const receipt of receipts) {
      if (!isReceiptId(receipt.id)) throw new Error(`not an id of a receipt: ${receipt.id}`);
      await writeDurably(path.join(log, receipt.id), toBinary(ReceiptSchema, receipt));
    }
    await syncFolder(log);
  }

  async remove(channel: string, epoch: bigint, id: string): Promise<void> {
    if (isReceiptId(id)) await rm(path.join(this.folder, channel, String(epoch), id), { force: true });
  }

  async #log(channel: string, epoch: bigint): Promise<string> {
    const log = path.join(this.folder, channel, String(epoch));
    if (!this.#made.has(log)) await makeFolder(this.folder, channel, String(epoch));
    this.#made.add(log);
    return log;
  }
}
