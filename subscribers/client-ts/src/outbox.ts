import { create } from "@bufbuild/protobuf";
import { type ClientMessage, ClientMessageSchema, type Receipt } from "./generated/noroshi/v1/stream_pb.js";

/** Receipts said and not answered at most; the hub takes 256. */
export const unansweredMax = 128;

/**
 * Which receipts wait for the hub's word, and which of them to say now: each as soon as the hub has
 * sent the alert it is about, again with every heartbeat and on every connection. What waits is
 * bounded by who reports.
 */
export class Outbox {
  readonly #waiting = new Map<string, { receipt: Receipt; said: boolean }>(); // in the order added
  #unanswered = 0;

  get waiting(): number {
    return this.#waiting.size;
  }

  /** One whose id waits already changes nothing. */
  add(receipt: Receipt): void {
    if (!this.#waiting.has(receipt.id)) this.#waiting.set(receipt.id, { receipt, said: false });
  }

  /** The hub has recorded or declined it. False when it was not waiting. */
  answered(id: string): boolean {
    const found = this.#waiting.get(id);
    if (found?.said) this.#unanswered -= 1;
    return this.#waiting.delete(id);
  }

  /** A connection began or a heartbeat came: whatever was said is said again. */
  beginAgain(): void {
    this.#unanswered = 0;
    for (const one of this.#waiting.values()) one.said = false;
  }

  /** Those to say now; `reached` is how far this connection has brought us. */
  due(reached: bigint): ClientMessage[] {
    const messages: ClientMessage[] = [];
    for (const one of this.#waiting.values()) {
      if (this.#unanswered === unansweredMax) break;
      if (one.said || one.receipt.sequence > reached) continue;
      one.said = true;
      this.#unanswered += 1;
      messages.push(create(ClientMessageSchema, { message: { case: "receipt", value: one.receipt } }));
    }
    return messages;
  }

  /** Everything that waited belonged to another log. */
  clear(): void {
    this.#waiting.clear();
    this.#unanswered = 0;
  }
}
