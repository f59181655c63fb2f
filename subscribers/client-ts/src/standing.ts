import { createHash } from "node:crypto";
import { Passed_Reason } from "./generated/noroshi/v1/stream_pb.js";
import { type Held, inForce, type State } from "./held.js";
import type { Item, Position } from "./item.js";
import { read } from "./reading.js";

/** That stand; beyond, the oldest that nobody has to lift is forgotten first. */
export const standingMax = 10_000;
/** Of those that do not, the last so many are remembered. */
export const endedMax = 4_000;
const positionsMax = 4;

type Name = string;
const nameOf = (publisher: string, sender: string, identifier: string): Name =>
  JSON.stringify([publisher, sender, identifier]);
const nameOfHeld = (held: Held): Name => nameOf(held.publisher, held.sender, held.identifier);
const documentOf = (held: Held): string => JSON.stringify([held.publisher, held.document]);
const keyOf = (position: Position): string => `${position.epoch}-${position.sequence}`;

/**
 * What became of the alerts a receiver was handed: which stand now, and how the others ended. A fold
 * of items and of time; the same items again change nothing.
 *
 * It follows what the hub says is in force (ops/docs/contract.md, "In force"), as the C++ library
 * does: a revision takes the place of all it refers to and of every earlier revision of its
 * document; a Cancel and a lift end them; expiry ends what nobody has to lift, and once ended
 * nothing stands again.
 */
export class Standing {
  // Each in the order in which states became what they are.
  readonly #standing = new Map<Name, Held>();
  readonly #ended = new Map<Name, Held>();
  readonly #byPosition = new Map<string, Name>();
  readonly #byDocument = new Map<string, Set<Name>>();

  /** Each alert whose state is new, as it is now, in the order in which it happened. `nowMs` is the hub's time. */
  take(item: Item, nowMs: number): Held[] {
    const changes: Held[] = [];
    if (item.content.kind === "delivery") {
      this.#deliver(item, nowMs, changes);
      return changes;
    }
    // Handed on before its turn came again. Expired it is by its own time, or by a lift.
    const { reason, by } = item.content.passed;
    const name = this.#byPosition.get(keyOf(item.position));
    if (name === undefined || reason === Passed_Reason.EXPIRED) return changes;
    const state = reason === Passed_Reason.CANCELLED ? "cancelled" : "superseded";
    this.#become(name, state, by === 0n ? undefined : { epoch: item.position.epoch, sequence: by }, nowMs, changes);
    return changes;
  }

  passTime(nowMs: number): Held[] {
    const changes: Held[] = [];
    for (const [name, held] of [...this.#standing])
      if (held.state === "stands" && held.untilMs !== undefined && held.untilMs <= nowMs)
        this.#become(name, held.untilLifted ? "unlifted" : "expired", undefined, nowMs, changes);
    return changes;
  }

  /** Whether this very alert (name and bytes) was handed on from another log than the item's. */
  knowsFromElsewhere({ position, content }: Item): boolean {
    if (content.kind !== "delivery") return false;
    const { publisher, summary, capXml } = content.delivery;
    const held = this.#held(nameOf(publisher, summary?.sender ?? "", summary?.identifier ?? ""));
    return held?.positions[0] !== undefined && held.positions[0].epoch !== position.epoch &&
      held.sha256 === createHash("sha256").update(capXml ?? "").digest("hex");
  }

  /** The highest level first, then the newest. */
  inForce(): Held[] {
    const rank = (held: Held): number => Math.min(held.level, 5);
    return [...this.#standing.values()].sort((a, b) => rank(b) - rank(a) || b.acceptedMs - a.acceptedMs);
  }

  /** Everything that is remembered, for whoever keeps it; add() takes it back, in that order. */
  all(): Held[] {
    return [...this.#ended.values(), ...this.#standing.values()];
  }

  add(held: Held): void {
    this.#hold(held);
  }

  #held(name: Name): Held | undefined {
    return this.#standing.get(name) ?? this.#ended.get(name);
  }

  #deliver({ position, content }: Item, nowMs: number, changes: Held[]): void {
    if (content.kind !== "delivery") return;
    const { held, ends, references } = read(position, content.delivery);
    const name = nameOfHeld(held);
    const known = this.#held(name);
    // Known from another log, or come again: the same alert has one state.
    if (known?.sha256 === held.sha256) return this.#addPosition(name, known, position);
    let next: Held = { ...held, changedMs: nowMs };
    // Somebody who spoke later has ended it already.
    if (known && known.positions.length === 0)
      next = { ...next, state: known.state, ...(known.by && { by: known.by }) };
    const named = new Set(references.map((one) => nameOf(next.publisher, one.sender, one.identifier)));
    for (const sequence of content.delivery.summary?.referencedSequences ?? []) {
      const referred = this.#byPosition.get(keyOf({ epoch: position.epoch, sequence }));
      if (referred !== undefined) named.add(referred);
    }
    named.delete(name);
    this.#endEarlier(next, named, ends, changes);
    next = this.#behindLater(next);
    if (next.state === "stands" && next.untilMs !== undefined && next.untilMs <= nowMs)
      next = { ...next, state: next.untilLifted ? "unlifted" : "expired" };
    changes.push(this.#hold(next));
    this.#makeRoom(nowMs, changes);
  }

  #addPosition(name: Name, known: Held, position: Position): void {
    if (this.#byPosition.has(keyOf(position)) || known.positions.length >= positionsMax) return;
    const place = this.#standing.has(name) ? this.#standing : this.#ended;
    place.set(name, { ...known, positions: [...known.positions, position] });
    this.#byPosition.set(keyOf(position), name);
  }

  /** A revision that comes after a later one of its document never stands. */
  #behindLater(next: Held): Held {
    if (next.document === "" || !inForce(next)) return next;
    const later = [...(this.#byDocument.get(documentOf(next)) ?? [])].map((name) => this.#held(name)!)
      .filter((other) => other.revision > next.revision).at(-1);
    if (!later) return next;
    return { ...next, state: "superseded", ...(later.positions[0] && { by: later.positions[0] }) };
  }

  /**
   * `named` become `state`, and so do the earlier revisions of the same document. What is named and
   * was never handed on is remembered, so that it does not stand when it comes late.
   */
  #endEarlier(next: Held, named: ReadonlySet<Name>, state: State, changes: Held[]): void {
    const by = next.positions[0]!;
    for (const name of named) {
      if (this.#held(name)) {
        this.#become(name, state, by, next.changedMs, changes);
        continue;
      }
      const [publisher, sender, identifier] = JSON.parse(name) as [string, string, string];
      this.#hold({
        publisher, sender, identifier, state, by, changedMs: next.changedMs, positions: [], sha256: "", document: "",
        revision: 0, status: "", event: "", headline: "", level: 0, areas: [], acceptedMs: 0, untilLifted: false,
      });
    }
    if (next.document === "") return;
    for (const name of [...(this.#byDocument.get(documentOf(next)) ?? [])])
      if (this.#held(name)!.revision < next.revision) this.#become(name, state, by, next.changedMs, changes);
  }

  #become(name: Name, state: State, by: Position | undefined, nowMs: number, changes: Held[]): void {
    const held = this.#standing.get(name);
    if (!held || held.state === state) return;
    const { by: _, ...rest } = held;
    changes.push(this.#hold({ ...rest, state, changedMs: nowMs, ...(by && { by }) }));
  }

  #hold(held: Held): Held {
    const name = nameOfHeld(held);
    this.#forget(name);
    (inForce(held) ? this.#standing : this.#ended).set(name, held);
    for (const position of held.positions) this.#byPosition.set(keyOf(position), name);
    if (held.document === "") return held;
    const revisions = this.#byDocument.get(documentOf(held)) ?? new Set();
    this.#byDocument.set(documentOf(held), revisions.add(name));
    return held;
  }

  #forget(name: Name): void {
    const held = this.#held(name);
    if (!held) return;
    this.#standing.delete(name);
    this.#ended.delete(name);
    for (const position of held.positions) this.#byPosition.delete(keyOf(position));
    const revisions = this.#byDocument.get(documentOf(held));
    if (revisions?.delete(name) && revisions.size === 0) this.#byDocument.delete(documentOf(held));
  }

  #makeRoom(nowMs: number, changes: Held[]): void {
    while (this.#standing.size > standingMax) {
      const oldest = [...this.#standing].find(([, held]) => !held.untilLifted) ?? [...this.#standing][0]!;
      this.#become(oldest[0], "forgotten", undefined, nowMs, changes);
    }
    while (this.#ended.size > endedMax) this.#forget(this.#ended.keys().next().value!);
  }
}
