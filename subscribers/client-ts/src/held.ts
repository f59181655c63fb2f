import type { Position } from "./item.js";

/** What has become of an alert; the words are the contract's, "What stands at a receiver". */
export type State =
  | "stands" // in force
  | "unlifted" // in force, although its time ran out: only somebody's lift ends it
  | "superseded" // another revision has taken its place
  | "cancelled" // it should never have been sent
  | "lifted" // what it ordered is over
  | "expired" // its time ran out
  | "said" // orders nothing itself: a lift, a Cancel, a null report
  | "forgotten"; // there was no room for it: the oldest of more than `standingMax`

export interface Held {
  /** Where it came from: more than one when several logs delivered it. Empty: it is known only from the references of another. */
  readonly positions: readonly Position[];
  /** Together its name. */
  readonly publisher: string;
  readonly sender: string;
  readonly identifier: string;
  /** Of the accepted bytes, in hexadecimal. */
  readonly sha256: string;
  readonly document: string;
  readonly revision: number;
  readonly status: string;
  readonly event: string;
  readonly headline: string;
  /** The highest that it orders; 0: none, 255: one nobody knows, to be treated as the highest. */
  readonly level: number;
  readonly areas: readonly string[];
  readonly acceptedMs: number;
  readonly state: State;
  /** When the state became so, by the hub's clock. */
  readonly changedMs: number;
  /** What ended it. */
  readonly by?: Position;
  /** When it runs out. */
  readonly untilMs?: number;
  /** Running out does not end it. */
  readonly untilLifted: boolean;
}

export function inForce(held: Held): boolean {
  return held.state === "stands" || held.state === "unlifted";
}
