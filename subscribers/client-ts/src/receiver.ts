import { timestampMs } from "@bufbuild/protobuf/wkt";
import { Backoff } from "./backoff.js";
import { type Fault, fault } from "./fault.js";
import type { Held } from "./held.js";
import { HubClock } from "./hub_clock.js";
import type { Declined, ServerMessage, Welcome } from "./generated/noroshi/v1/stream_pb.js";
import { Hubs } from "./hubs.js";
import type { Item, Position } from "./item.js";
import { type Credentials, Link, type LinkOwner, streamUrl } from "./link.js";
import { type Medium, offAir, onAir, receiptOf, type Report, type Said } from "./on_air.js";
import { Outbox } from "./outbox.js";
import { isReceiptId, type ReceiptStore } from "./receipt_folder.js";
import { type Beginning, Session, type SessionEvent } from "./session.js";
import type { StandingFile } from "./standing_file.js";
import { StoreQueue } from "./store_queue.js";
import type { Store } from "./store.js";

/** A hub that knows us by other credentials than the rest. */
export interface HubChoice {
  readonly url: string;
  readonly credentials: Credentials;
}

export interface ReceiverSettings {
  /** One or several, `https://HOST:PORT`: when one does not answer or refuses us, the next is asked. */
  readonly hubs: readonly (string | HubChoice)[];
  /** For hubs without credentials of their own. */
  readonly credentials?: Credentials;
  readonly store: Store;
  /** The id of a drill session, with a token of that session; absent: the live stream. */
  readonly drill?: string;
  /** Where receipts lie until the hub has recorded them; without it none are sent. */
  readonly receipts?: ReceiptStore;
  /** Keeps what stands, and tells `changed`; without it nobody is told what became of an alert. */
  readonly standing?: StandingFile;
  /**
   * With `receipts`: whatever the store has taken is reported on air on this medium, and with `standing`
   * whatever was cancelled, lifted or has run out as withdrawn.
   */
  readonly onAir?: Medium;
  readonly beginning?: Beginning;
  /** Deliveries not yet stored at most: 256 unless given, 1 to 4096. */
  readonly window?: number;
  readonly language?: string;
  readonly backoffFirstMs?: number;
  readonly backoffMostMs?: number;
  readonly connectLimitMs?: number;
  readonly silenceLimitMs?: number;
}

/** How often it is looked whether something has run out. */
const lookMs = 1000;

/** Why a receiver ended. */
export interface Ending {
  readonly kind:
    | "asked" // stop() was called
    | "replaced" // a newer connection of the same subscriber has taken over
    | "suspended" // this and the next four: by every hub, each for its reason; the last one's
    | "rolled_back" // the hub's log ends before what we hold: it lost entries
    | "drill_over"
    | "other_channel" // the hub's stream is not the one that was asked for
    | "not_allowed" // it refuses this token or certificate
    | "untrusted" // nothing was ever received, and its certificate or protocol is not in order
    | "store_failed";
  /** The hub's words, if any. */
  readonly detail: string;
  readonly fault?: Fault;
  /** With store_failed. */
  readonly error?: unknown;
}

/** What a person, a log or a screen should hear. What throws here ends the receiver. */
export interface Listener {
  connected?(welcome: Welcome, hub: string): void;
  lost?(fault: Fault, hub: string, retryInMs: number): void;
  /** The hub has another log than before: sequences start anew. */
  logChanged?(welcome: Welcome): void;
  /**
   * Stored for good, and about to be acknowledged: the moment to show it. With `standing` not the
   * alert that another log has brought before.
   */
  stored?(items: readonly Item[]): void;
  /** With `standing`: the state of these is new. Also when time has passed. */
  changed?(changes: readonly Held[]): void;
  /** The hub will never record this receipt: it is thrown away. */
  declined?(declined: Declined): void;
}

/**
 * Receives what a hub addresses to one subscriber and keeps receiving: connects, resumes, drops
 * duplicates, hands on, acknowledges what is stored, and comes back when the hub went away. One
 * run() each.
 */
export class Receiver implements LinkOwner {
  readonly #channel: string;
  readonly #outbox = new Outbox();
  readonly #hubs: Hubs;
  readonly #credentials = new Map<string, Credentials>();
  readonly #queue: StoreQueue;
  #session: Session | undefined;
  #link: Link | undefined;
  #retry: NodeJS.Timeout | undefined;
  #time: NodeJS.Timeout | undefined;
  readonly #hubClock = new HubClock();
  readonly #elsewhere = new WeakSet<Item>(); // the very alerts another log has brought already
  #ending: Ending | undefined;
  #refusal: Ending | undefined; // of the current hub, for good
  #ended: ((ending: Ending) => void) | undefined;
  #beenConnected = false;
  #repositioning = false;

  constructor(private readonly settings: ReceiverSettings, private readonly listener: Listener = {}) {
    if (settings.hubs.length === 0) throw new TypeError("no hub to ask");
    for (const hub of settings.hubs) {
      const url = typeof hub === "string" ? hub : hub.url;
      streamUrl(url, settings.drill);
      const credentials = typeof hub === "string" ? settings.credentials : hub.credentials;
      if (!credentials) throw new TypeError(`${url}: nothing says who calls`);
      this.#credentials.set(url, credentials);
    }
    if (settings.onAir !== undefined && !settings.receipts) throw new TypeError("onAir needs receipts");
    this.#channel = settings.drill === undefined ? "live" : `drill:${settings.drill}`;
    this.#hubs = new Hubs([...this.#credentials.keys()],
      new Backoff(settings.backoffFirstMs ?? 500, settings.backoffMostMs ?? 30_000));
    this.#queue = new StoreQueue(settings.store, {
      taken: (items) => this.#reportStored(items),
      kept: (through) => this.settings.standing?.settle(through),
      settled: (through, items) => this.#settled(through, items),
      failed: (error) => this.#end({ kind: "store_failed", detail: wordsOf(error), error }),
    });
  }

  /** Resolves when the receiver has ended and its store is at rest. */
  async run(): Promise<Ending> {
    if (this.#ended) throw new Error("a receiver runs once");
    const over = new Promise<Ending>((resolve) => (this.#ended = resolve));
    try {
      const positions = await this.#positions();
      this.#session = new Session({
        positions,
        beginning: this.settings.beginning ?? { kind: "hub_cursor" },
        window: this.settings.window ?? 256,
        channel: this.#channel,
      });
      if (this.settings.standing) this.#time = setInterval(() => this.#passTime(), lookMs);
      this.#dial();
    } catch (error) {
      this.#end({ kind: "store_failed", detail: wordsOf(error), error });
    }
    return over;
  }

  /** What is not folded yet is handed on once more. */
  async #positions(): Promise<Position[]> {
    const { store, standing } = this.settings;
    await standing?.open(this.#channel);
    const positions = await store.open(this.#channel);
    return positions.map(({ epoch, sequence }) => {
      const folded = standing?.position(epoch) ?? sequence;
      return { epoch, sequence: folded < sequence ? folded : sequence };
    });
  }

  /** Orderly: the items in the store's hands are finished and acknowledged, the rest comes again. */
  stop(): void {
    this.#end({ kind: "asked", detail: "" });
  }

  /**
   * What became of an alert on a medium. Resolves once it is durable in `receipts`; it is then sent
   * again and again until the hub has recorded or declined it, also by a later run.
   */
  async report(report: Report): Promise<void> {
    if (!this.settings.receipts) throw new Error("this receiver has no place for receipts");
    const receipt = receiptOf(report);
    if (!isReceiptId(receipt.id)) throw new RangeError(`not an id of a receipt: ${receipt.id}`);
    await this.#queue.run(() => this.#keepReceipts([{ epoch: report.position.epoch, receipt }]));
  }

  up(): void {
    this.#link?.send(this.#session!.connected());
  }

  message(message: ServerMessage): void {
    if (this.#ending || this.#repositioning) return;
    const said = message.message;
    if (said.case === "heartbeat") this.#outbox.beginAgain();
    if ((said.case === "heartbeat" || said.case === "welcome") && said.value.hubTime)
      this.#hubClock.heard(timestampMs(said.value.hubTime), performance.now());
    try {
      this.#react(this.#session!.receive(message));
      this.#acknowledge();
      this.#sayReceipts();
    } catch (error) {
      this.#end({ kind: "store_failed", detail: wordsOf(error), error });
    }
  }

  down(why: Fault | undefined): void {
    this.#link = undefined;
    if (this.#ending) return this.#finish();
    if (this.#repositioning) {
      this.#repositioning = false;
      return this.#dial();
    }
    this.#comeBack(why ?? fault("cut", ""));
  }

  #dial(): void {
    if (this.#ending) return;
    const { drill, language, connectLimitMs, silenceLimitMs } = this.settings;
    this.#link = new Link(this.#hubs.current, {
      credentials: this.#credentials.get(this.#hubs.current)!,
      ...(drill !== undefined && { drill }),
      language: language ?? "en",
      connectLimitMs: connectLimitMs ?? 10_000,
      silenceLimitMs: silenceLimitMs ?? 45_000,
      closeLimitMs: 2_000,
    }, this);
  }

  #react(event: SessionEvent): void {
    switch (event.kind) {
      case "ignore":
        return;
      case "begin":
        return this.#begin(event.welcome, event.logChanged);
      case "hand_over":
        return this.#queue.take({
          position: event.position, content: event.content, receivedAt: new Date(), channel: this.#channel,
        });
      case "advance":
        this.#hubs.progress();
        return this.#queue.advance(event.to);
      case "answered":
        return this.#answered(event.id, event.declined);
      case "reposition":
        this.#repositioning = true;
        return this.#link?.close();
      case "come_back":
        return this.#link?.fail(fault("goodbye", `${event.code}: ${event.detail}`, event.waitMs));
      case "stop":
        if (event.reason === "replaced") return this.#end({ kind: "replaced", detail: event.detail });
        this.#refusal = { kind: event.reason, detail: event.detail };
        return this.#link?.fail(fault("goodbye", `${event.reason}: ${event.detail}`));
      case "broken":
        return this.#link?.fail(fault("protocol", event.detail), 1008);
    }
  }

  #begin(welcome: Welcome, logChanged: boolean): void {
    this.#beenConnected = true;
    if (logChanged) this.listener.logChanged?.(welcome);
    this.listener.connected?.(welcome, this.#hubs.current);
    this.#outbox.beginAgain();
    void this.#queue.run(async () => {
      await this.settings.store.begin(welcome);
      if (!this.settings.receipts) return;
      const waiting = await this.settings.receipts.open(welcome.channel, welcome.epoch);
      if (this.#session!.position?.epoch !== welcome.epoch) return;
      this.#outbox.clear();
      for (const receipt of waiting) this.#outbox.add(receipt);
      this.#sayReceipts();
    }).catch(() => undefined); // told to `failed`
  }

  /** Before anything says that these are held: what was not reported comes again. */
  async #reportStored(items: readonly Item[]): Promise<void> {
    const { onAir: medium, standing } = this.settings;
    const said = medium === undefined ? [] : items.flatMap((item) => onAir(item, medium));
    await this.#keepReceipts(said);
    const now = this.#hubClock.now(performance.now());
    if (!standing || now === undefined) return;
    for (const item of items) if (standing.standing.knowsFromElsewhere(item)) this.#elsewhere.add(item);
    await this.#announce(items.flatMap((item) => standing.take(item, now)));
  }

  async #announce(changes: readonly Held[]): Promise<void> {
    if (changes.length === 0) return;
    const medium = this.settings.onAir;
    if (medium !== undefined) await this.#keepReceipts(changes.flatMap((change) => offAir(change, medium)));
    this.listener.changed?.(changes);
  }

  #passTime(): void {
    const now = this.#hubClock.now(performance.now());
    const { standing } = this.settings;
    if (now === undefined || !standing || this.#ending) return;
    void this.#queue.run(async () => {
      const changes = standing.standing.passTime(now);
      if (changes.length === 0) return;
      await this.#announce(changes);
      await standing.write();
    }).catch(() => undefined); // told to `failed`
  }

  #settled(through: Position, items: readonly Item[]): void {
    this.#session!.stored(through.sequence);
    this.#hubs.progress();
    const fresh = items.filter((item) => !this.#elsewhere.has(item));
    if (fresh.length > 0) this.listener.stored?.(fresh);
    this.#acknowledge();
  }

  async #keepReceipts(said: readonly Said[]): Promise<void> {
    if (said.length === 0) return;
    const receipts = this.settings.receipts!;
    for (const epoch of new Set(said.map((one) => one.epoch))) {
      const here = said.filter((one) => one.epoch === epoch).map((one) => one.receipt);
      await receipts.add(this.#channel, epoch, here);
      if (this.#session?.position?.epoch !== epoch) continue; // of another log: said when it is back
      for (const receipt of here) this.#outbox.add(receipt);
    }
    this.#sayReceipts();
  }

  #answered(id: string, declined: Declined | undefined): void {
    if (!this.#outbox.answered(id)) return;
    if (declined) this.listener.declined?.(declined);
    const epoch = this.#session!.position!.epoch;
    void this.#queue.run(() => this.settings.receipts!.remove(this.#channel, epoch, id))
      .catch(() => undefined);
  }

  #sayReceipts(): void {
    if (!this.#link || this.#repositioning) return;
    for (const message of this.#outbox.due(this.#session!.reached)) this.#link.send(message);
  }

  #acknowledge(): void {
    const message = this.#link && this.#session!.acknowledgement();
    if (message) this.#link!.send(message);
  }

  #comeBack(why: Fault): void {
    const refusal = this.#refusal ?? this.#refusalBehind(why);
    this.#refusal = undefined;
    if (refusal && this.#hubs.hopeless(why)) return this.#end(refusal);
    const hub = this.#hubs.current;
    const turn = this.#hubs.next(why.waitMs);
    this.listener.lost?.(why, hub, turn.waitMs);
    this.#retry = setTimeout(() => this.#dial(), turn.waitMs);
  }

  /** What ends a receiver once every hub has said the like; undefined where coming back may help. */
  #refusalBehind(why: Fault): Ending | undefined {
    const { kind, detail } = why;
    if (kind === "drill_over" || kind === "not_allowed") return { kind, detail, fault: why };
    const wrong = kind === "certificate_untrusted" || kind === "certificate_name" || kind === "not_a_hub";
    return wrong && !this.#beenConnected ? { kind: "untrusted", detail, fault: why } : undefined;
  }

  #end(ending: Ending): void {
    if (this.#ending) return;
    this.#ending = ending;
    clearTimeout(this.#retry);
    clearInterval(this.#time);
    // What the store is doing is finished first, so that its result is acknowledged.
    void this.#queue.close().then(() => {
      if (this.#link) this.#link.close();
      else this.#finish();
    });
  }

  #finish(): void {
    void this.#queue.close().then(() => this.#ended?.(this.#ending!));
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
