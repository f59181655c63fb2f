import { create } from "@bufbuild/protobuf";
import {
  type ClientMessage, ClientMessageSchema, type Declined, type Delivery, type Goodbye,
  type Heartbeat, type ServerMessage, type Summary, type Welcome,
} from "./generated/noroshi/v1/stream_pb.js";
import type { Item, Position } from "./item.js";

/** Where a receiver without a position of its own begins. */
export type Beginning =
  | { readonly kind: "hub_cursor" }
  | { readonly kind: "after"; readonly sequence: bigint }
  | { readonly kind: "now" };

export interface SessionSettings {
  /** Held for good from earlier runs, one of each log. */
  readonly positions: readonly Position[];
  /** Used when there is no position at all. */
  readonly beginning: Beginning;
  /** Deliveries received and not stored at most, 1 to 4096. */
  readonly window: number;
  /** What the stream must be: `live`, or `drill:<id>`. Nothing of another channel is handed over. */
  readonly channel: string;
}

export type StopReason = "replaced" | "suspended" | "rolled_back" | "drill_over" | "other_channel";

export type SessionEvent =
  /** A duplicate, or a message this version does not know. */
  | { readonly kind: "ignore" }
  /** The stream begins; `logChanged` when the hub's log is another one than the last. */
  | { readonly kind: "begin"; readonly welcome: Welcome; readonly logChanged: boolean }
  | { readonly kind: "hand_over"; readonly position: Position; readonly content: Item["content"] }
  /** Nothing is outstanding: a heartbeat or a probe moved the position. */
  | { readonly kind: "advance"; readonly to: Position }
  /** The hub has answered a receipt. */
  | { readonly kind: "answered"; readonly id: string; readonly declined?: Declined }
  /** Close in order and connect again at once: only now it is known where to begin. */
  | { readonly kind: "reposition" }
  /** Come back after `waitMs`, or after the usual backoff when absent. */
  | { readonly kind: "come_back"; readonly code: string; readonly detail: string; readonly waitMs?: number }
  | { readonly kind: "stop"; readonly reason: StopReason; readonly detail: string }
  | { readonly kind: "broken"; readonly detail: string };

interface Outstanding {
  readonly sequence: bigint;
  /** A probe is nobody's to store: it is done as soon as what came before it is. */
  readonly probe: boolean;
}

const ignore: SessionEvent = { kind: "ignore" };
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/**
 * The subscriber's side of the stream protocol (ops/docs/contract.md, "Stream") without a socket:
 * fed the hub's messages and what has been stored, asked what to say next. It outlives connections,
 * so it knows what was received before the line broke.
 *
 * An acknowledgement never exceeds what was stored nor what this connection has been sent.
 */
export class Session {
  readonly #settings: SessionSettings;
  readonly #stored = new Map<bigint, bigint>(); // by epoch
  #epoch: bigint | undefined;
  #received = 0n; // the highest sequence of an item, in this epoch
  #outstanding: Outstanding[] = []; // ascending
  #head = 0n; // an alert's sequence that the hub's log certainly reaches
  #probed = 0n; // a probe of this connection with nothing outstanding before it
  #sentHere = 0n; // how far this connection has brought us
  #acknowledgedHere = 0n;
  #looking = true; // no Welcome yet in this run: no position has been claimed
  #claimed: bigint | undefined; // the epoch of the position in the Hello of this connection
  #welcomed = false;
  #answerDue = false; // a heartbeat waits for its acknowledgement

  constructor(settings: SessionSettings) {
    if (!Number.isInteger(settings.window) || settings.window < 1 || settings.window > 4096)
      throw new RangeError("window: 1 to 4096");
    this.#settings = settings;
    for (const position of settings.positions) this.#stored.set(position.epoch, position.sequence);
  }

  /** Of the log the hub has now; undefined before the first Welcome. */
  get position(): Position | undefined {
    const sequence = this.#epoch === undefined ? undefined : this.#stored.get(this.#epoch);
    return sequence === undefined ? undefined : { epoch: this.#epoch!, sequence };
  }

  /** How far this connection has brought us; 0 before its Welcome. */
  get reached(): bigint {
    return this.#welcomed ? this.#sentHere : 0n;
  }

  get outstanding(): number {
    return this.#outstanding.length;
  }

  /** A new connection is up; the first message to send on it. */
  connected(): ClientMessage {
    this.#welcomed = false;
    this.#answerDue = false;
    this.#sentHere = 0n;
    this.#acknowledgedHere = 0n;
    this.#probed = 0n;
    this.#claimed = undefined;
    const { window, beginning } = this.#settings;
    const hello: { window: number; epoch?: bigint; resumeAfter?: bigint } = { window };
    // A higher place than the hub's counts as acknowledged, so the first Hello claims none: first
    // it is seen whose stream and which log it is.
    const position = this.position;
    if (position && !this.#looking) {
      hello.epoch = this.#claimed = position.epoch;
      hello.resumeAfter = position.sequence;
    } else if (this.#stored.size === 0 && beginning.kind === "after") {
      hello.resumeAfter = beginning.sequence;
    }
    return create(ClientMessageSchema, { message: { case: "hello", value: hello } });
  }

  receive({ message }: ServerMessage): SessionEvent {
    if (message.case === "goodbye") return this.#goodbye(message.value);
    if (message.case === "welcome") return this.#welcome(message.value);
    if (message.case === undefined) return ignore;
    if (!this.#welcomed) return { kind: "broken", detail: "the hub spoke before its Welcome" };
    switch (message.case) {
      case "delivery":
        return this.#delivery(message.value);
      case "passed":
        return this.#item(message.value.sequence, { kind: "passed", passed: message.value });
      case "probe":
        return this.#probe(message.value.sequence);
      case "recorded":
        return { kind: "answered", id: message.value.id };
      case "declined":
        return { kind: "answered", id: message.value.id, declined: message.value };
      case "heartbeat":
        return this.#heartbeat(message.value);
    }
  }

  /** Everything handed over up to and including `sequence`, which was handed over, is stored. */
  stored(sequence: bigint): void {
    if (!this.#outstanding.some((one) => one.sequence === sequence && !one.probe))
      throw new Error(`${sequence} is not outstanding`);
    this.#stored.set(this.#epoch!, sequence);
    while (this.#outstanding[0] && this.#outstanding[0].sequence <= sequence)
      this.#outstanding.shift();
    while (this.#outstanding[0]?.probe) this.#probed = this.#outstanding.shift()!.sequence;
  }

  /** What to acknowledge now, when that says something new or a heartbeat waits for its answer. */
  acknowledgement(): ClientMessage | undefined {
    const position = this.position;
    if (!this.#welcomed || !position) return undefined;
    const through = most(least(position.sequence, this.#sentHere), this.#probed);
    if (through <= this.#acknowledgedHere && !this.#answerDue) return undefined;
    this.#acknowledgedHere = most(this.#acknowledgedHere, through);
    this.#answerDue = false;
    const value = { through: this.#acknowledgedHere };
    return create(ClientMessageSchema, { message: { case: "ack", value } });
  }

  #welcome(welcome: Welcome): SessionEvent {
    if (this.#welcomed) return { kind: "broken", detail: "a second Welcome on one connection" };
    if (welcome.channel !== this.#settings.channel)
      return { kind: "stop", reason: "other_channel", detail: welcome.channel };
    const logChanged = this.#epoch === undefined
      ? this.#stored.size > 0 && !this.#stored.has(welcome.epoch)
      : this.#epoch !== welcome.epoch;
    if (logChanged && this.#outstanding.length > 0)
      return { kind: "broken", detail: "the log changed while deliveries of the old one are being stored" };
    this.#looking = false;
    if (this.#epoch !== welcome.epoch) {
      this.#epoch = welcome.epoch;
      this.#received = this.#stored.get(welcome.epoch) ?? 0n;
    }
    if (this.#claimed !== welcome.epoch && this.#beginsElsewhere(welcome)) return { kind: "reposition" };
    this.#welcomed = true;
    this.#head = welcome.head;
    if (!this.#stored.has(welcome.epoch)) {
      this.#stored.set(welcome.epoch, welcome.cursor);
      this.#received = welcome.cursor;
    }
    this.#sentHere = this.#acknowledgedHere = welcome.cursor;
    return { kind: "begin", welcome, logChanged };
  }

  /** Whether the stream must begin at another place than the hub's cursor. */
  #beginsElsewhere(welcome: Welcome): boolean {
    const stored = this.#stored.get(welcome.epoch);
    if (stored !== undefined)
      // Beyond the hub's head its log has lost entries: claiming the position makes the hub say so.
      return welcome.cursor > stored || welcome.head < stored;
    if (this.#settings.beginning.kind !== "now" || this.#stored.size > 0) return false;
    if (welcome.cursor >= welcome.head) return false;
    this.#stored.set(welcome.epoch, welcome.head);
    this.#received = welcome.head;
    return true;
  }

  #delivery(delivery: Delivery): SessionEvent {
    const status = delivery.summary?.status ?? "";
    if (!this.#belongsHere(status))
      return { kind: "broken", detail: `an alert of status ${status} on channel ${this.#settings.channel}` };
    return this.#item(delivery.sequence, { kind: "delivery", delivery });
  }

  /** The hub never sends the other kind; if it did, nobody shall take one for the other. */
  #belongsHere(status: Summary["status"]): boolean {
    const exercise = status === "Exercise" || status === "Test";
    return this.#settings.channel === "live" ? !exercise : status !== "Actual";
  }

  #item(sequence: bigint, content: Item["content"]): SessionEvent {
    this.#sentHere = most(this.#sentHere, sequence);
    this.#head = most(this.#head, sequence);
    if (sequence <= this.#received) return ignore;
    if (this.#outstanding.length >= this.#settings.window)
      return { kind: "broken", detail: "more deliveries outstanding than the window allows" };
    this.#received = sequence;
    this.#outstanding.push({ sequence, probe: false });
    return { kind: "hand_over", position: { epoch: this.#epoch!, sequence }, content };
  }

  /** Shown to nobody; acknowledged when all before it is stored. */
  #probe(sequence: bigint): SessionEvent {
    this.#sentHere = most(this.#sentHere, sequence);
    if (this.#outstanding.length >= this.#settings.window)
      return { kind: "broken", detail: "more deliveries outstanding than the window allows" };
    if (this.#outstanding.length > 0) {
      if (sequence > this.#outstanding.at(-1)!.sequence)
        this.#outstanding.push({ sequence, probe: true });
      return ignore;
    }
    this.#probed = most(this.#probed, sequence);
    return this.#moveTo(sequence);
  }

  #heartbeat(heartbeat: Heartbeat): SessionEvent {
    this.#answerDue = true;
    this.#head = most(this.#head, heartbeat.head);
    const through = least(heartbeat.through, heartbeat.head);
    this.#sentHere = most(this.#sentHere, through);
    return this.#outstanding.length > 0 ? ignore : this.#moveTo(through);
  }

  /** Beyond the log's last alert there is no position that can be resumed from. */
  #moveTo(sequence: bigint): SessionEvent {
    const to = { epoch: this.#epoch!, sequence: least(sequence, this.#head) };
    if (to.sequence <= this.position!.sequence) return ignore;
    this.#stored.set(to.epoch, to.sequence);
    this.#received = to.sequence;
    return { kind: "advance", to };
  }

  #goodbye({ code, detail, retryAfterMs }: Goodbye): SessionEvent {
    const reasons: Record<string, StopReason> = {
      "replaced": "replaced", "suspended": "suspended", "log.rolled_back": "rolled_back",
      "drill.closed": "drill_over",
    };
    const reason = reasons[code];
    if (reason) return { kind: "stop", reason, detail };
    return { kind: "come_back", code, detail, ...(retryAfterMs > 0 && { waitMs: retryAfterMs }) };
  }
}
