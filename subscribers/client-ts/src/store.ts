import type { Welcome } from "./generated/noroshi/v1/stream_pb.js";
import type { Item, Position } from "./item.js";

/**
 * Where alerts go. One call at a time, in order; meanwhile the connection is kept alive and nothing
 * later is acknowledged. A promise that is rejected ends the receiver; what was not settled before
 * is not acknowledged and comes again.
 */
export interface Store {
  /** Up to where everything is held, once for each log of this channel (`live`, `drill:<id>`). */
  open(channel: string): Promise<Position[]>;
  /** A stream begins, or begins again. */
  begin(welcome: Welcome): Promise<void>;
  /** Takes one item. It may come again after a crash, under the same position. */
  take(item: Item): Promise<void>;
  /** Makes everything taken good: what is true once it is resolved is acknowledged. */
  settle(through: Position): Promise<void>;
  /** How many items may be taken before they are settled together; at least 1. */
  readonly groupMax: number;
}
