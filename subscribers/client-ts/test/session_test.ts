// The protocol without a socket: what is acknowledged, what is handed over, when it ends.
import assert from "node:assert/strict";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { test } from "node:test";
import { type ServerMessage, ServerMessageSchema } from "../src/index.js";
import { Session, type SessionEvent, type SessionSettings } from "../src/session.js";

type Case = NonNullable<NonNullable<MessageInitShape<typeof ServerMessageSchema>["message"]>>;
const say = (message: Case): ServerMessage => create(ServerMessageSchema, { message });
const welcome = (cursor: bigint, head: bigint, epoch = 7n): ServerMessage =>
  say({ case: "welcome", value: { subscriber: "tv", channel: "live", epoch, cursor, head } });
const delivery = (sequence: bigint, status = "Actual"): ServerMessage =>
  say({ case: "delivery", value: { sequence, summary: { status } } });
const probe = (sequence: bigint): ServerMessage => say({ case: "probe", value: { sequence } });
const heartbeat = (through: bigint, head: bigint): ServerMessage => say({ case: "heartbeat", value: { through, head } });
const goodbye = (code: string, retryAfterMs = 0): ServerMessage =>
  say({ case: "goodbye", value: { code, detail: "d", retryAfterMs } });

function session(settings: Partial<SessionSettings> = {}): Session {
  return new Session({ positions: [], beginning: { kind: "hub_cursor" }, window: 4, channel: "live", ...settings });
}
function begun(cursor = 10n, head = 20n, settings: Partial<SessionSettings> = {}): Session {
  const made = session(settings);
  made.connected();
  assert.equal(made.receive(welcome(cursor, head)).kind, "begin");
  return made;
}
function acknowledged(of: Session): bigint | undefined {
  const message = of.acknowledgement()?.message;
  return message?.case === "ack" ? message.value.through : undefined;
}
function hello(of: Session): { epoch: bigint | undefined; resumeAfter: bigint | undefined } {
  const { message } = of.connected();
  assert.ok(message.case === "hello");
  return { epoch: message.value.epoch, resumeAfter: message.value.resumeAfter };
}

test("only what is stored is acknowledged, once", () => {
  const of = begun();
  assert.equal(of.receive(delivery(12n)).kind, "hand_over");
  assert.equal(of.receive(delivery(15n)).kind, "hand_over");
  assert.equal(acknowledged(of), undefined);
  of.stored(12n);
  assert.equal(acknowledged(of), 12n);
  assert.equal(acknowledged(of), undefined);
  of.stored(15n);
  assert.equal(acknowledged(of), 15n);
  assert.throws(() => of.stored(15n));
});

test("what comes again is not handed over again, also on the next connection", () => {
  const of = begun();
  of.receive(delivery(12n));
  assert.equal(of.receive(delivery(12n)).kind, "ignore");
  of.stored(12n);
  assert.deepEqual(hello(of), { epoch: 7n, resumeAfter: 12n });
  of.receive(welcome(10n, 20n));
  assert.equal(of.receive(delivery(12n)).kind, "ignore");
  assert.equal(acknowledged(of), 12n);
});

test("a position is not claimed before it is known whose log it is", () => {
  const of = session({ positions: [{ epoch: 7n, sequence: 12n }, { epoch: 9n, sequence: 3n }] });
  assert.deepEqual(hello(of), { epoch: undefined, resumeAfter: undefined });
  assert.equal(of.receive(welcome(15n, 20n)).kind, "reposition");
  assert.deepEqual(hello(of), { epoch: 7n, resumeAfter: 12n });
  assert.equal(of.receive(welcome(12n, 20n)).kind, "begin");
});

test("of another log the place there is taken, and the old one is kept", () => {
  const of = begun(10n, 20n, { positions: [{ epoch: 9n, sequence: 3n }] });
  assert.deepEqual(hello(of), { epoch: 7n, resumeAfter: 10n });
  assert.equal(of.receive(welcome(5n, 8n, 9n)).kind, "reposition");
  assert.deepEqual(hello(of), { epoch: 9n, resumeAfter: 3n });
  const event = of.receive(welcome(3n, 8n, 9n));
  assert.ok(event.kind === "begin");
  assert.equal(of.receive(delivery(4n)).kind, "hand_over");
  of.connected();
  assert.equal(of.receive(welcome(10n, 20n)).kind, "broken", "while one of the other log is being stored");
});

test("a probe is shown to nobody and acknowledged in its turn", () => {
  const of = begun();
  assert.equal(of.receive(probe(11n)).kind, "advance");
  assert.equal(acknowledged(of), 11n);
  assert.equal(of.receive(delivery(12n)).kind, "hand_over");
  assert.equal(of.receive(probe(13n)).kind, "ignore");
  assert.equal(acknowledged(of), undefined, "what came before it is not stored");
  of.stored(12n);
  assert.equal(acknowledged(of), 13n);
  assert.equal(of.receive(probe(30n)).kind, "advance");
  assert.equal(acknowledged(of), 30n);
  assert.equal(of.position?.sequence, 20n, "nobody can resume behind the last alert");
  assert.equal(of.outstanding, 0);
});

test("every heartbeat is answered, and moves an idle position", () => {
  const of = begun();
  assert.deepEqual(of.receive(heartbeat(18n, 20n)), { kind: "advance", to: { epoch: 7n, sequence: 18n } });
  assert.equal(acknowledged(of), 18n);
  of.receive(heartbeat(18n, 20n));
  assert.equal(acknowledged(of), 18n);
  of.receive(delivery(21n));
  assert.equal(of.receive(heartbeat(21n, 21n)).kind, "ignore");
  assert.equal(acknowledged(of), 18n, "21 is not stored");
});

test("what a good-bye asks for", () => {
  const cases: [ServerMessage, SessionEvent][] = [
    [goodbye("replaced"), { kind: "stop", reason: "replaced", detail: "d" }],
    [goodbye("suspended"), { kind: "stop", reason: "suspended", detail: "d" }],
    [goodbye("drill.closed"), { kind: "stop", reason: "drill_over", detail: "d" }],
    [goodbye("log.rolled_back"), { kind: "stop", reason: "rolled_back", detail: "d" }],
    [goodbye("stopping", 1500), { kind: "come_back", code: "stopping", detail: "d", waitMs: 1500 }],
    [goodbye("dead"), { kind: "come_back", code: "dead", detail: "d" }],
    [goodbye("of a later version"), { kind: "come_back", code: "of a later version", detail: "d" }],
  ];
  for (const [message, event] of cases) assert.deepEqual(begun().receive(message), event);
});

test("a hub that breaks the protocol is left", () => {
  const before = session();
  before.connected();
  assert.equal(before.receive(delivery(1n)).kind, "broken");
  assert.equal(begun().receive(welcome(10n, 20n)).kind, "broken");
  assert.equal(begun().receive(delivery(12n, "Exercise")).kind, "broken");
  const of = begun();
  for (const sequence of [11n, 12n, 13n, 14n]) assert.equal(of.receive(delivery(sequence)).kind, "hand_over");
  assert.equal(of.receive(delivery(15n)).kind, "broken", "beyond the window");
  assert.equal(begun().receive(create(ServerMessageSchema, {})).kind, "ignore", "of a later version");
  const drill = session({ channel: "drill:x" });
  drill.connected();
  assert.deepEqual(drill.receive(welcome(1n, 1n)), { kind: "stop", reason: "other_channel", detail: "live" });
});

test("`now` begins behind what is there, once", () => {
  const of = session({ beginning: { kind: "now" } });
  of.connected();
  assert.equal(of.receive(welcome(10n, 20n)).kind, "reposition");
  assert.deepEqual(hello(of), { epoch: 7n, resumeAfter: 20n });
  assert.equal(of.receive(welcome(20n, 20n)).kind, "begin");
});
