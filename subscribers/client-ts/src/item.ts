import type { Delivery, Passed } from "./generated/noroshi/v1/stream_pb.js";

/** A place in one log. Sequences of different epochs have nothing to do with each other. */
export interface Position {
  readonly epoch: bigint;
  readonly sequence: bigint;
}

/** What a receiver hands on: an alert, or the word that its turn came too late. */
export interface Item {
  readonly position: Position;
  readonly content:
    | { readonly kind: "delivery"; readonly delivery: Delivery }
    | { readonly kind: "passed"; readonly passed: Passed };
  /** By this machine's clock. */
  readonly receivedAt: Date;
  /** `live`, or `drill:` and the id of the session. */
  readonly channel: string;
}
