// The small parts: what to say again, whom to ask next, what a failure is called.
import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { Backoff } from "../src/backoff.js";
import { readCredentials } from "../src/credential_files.js";
import { faultOfAnswer, faultOfError } from "../src/fault.js";
import { Hubs } from "../src/hubs.js";
import { isReceiptId, type Item, PassedSchema, Receiver, receiptOf } from "../src/index.js";
import { Outbox, unansweredMax } from "../src/outbox.js";
import { StoreQueue } from "../src/store_queue.js";
import { MemoryStore } from "./watched_receiver.js";

const itemAt = (sequence: bigint): Item => ({
  position: { epoch: 7n, sequence }, channel: "live", receivedAt: new Date(),
  content: { kind: "passed", passed: create(PassedSchema, { sequence }) },
});
const receipt = (sequence: bigint) => receiptOf({ position: { epoch: 7n, sequence }, state: "shown", medium: "radio" });

test("a receipt is said when its alert has come, and again until it is answered", () => {
  const outbox = new Outbox();
  outbox.add(receipt(5n));
  outbox.add(receipt(9n));
  outbox.add(receipt(5n));
  assert.equal(outbox.due(4n).length, 0);
  assert.equal(outbox.due(5n).length, 1);
  assert.equal(outbox.due(5n).length, 0);
  outbox.beginAgain();
  assert.equal(outbox.due(9n).length, 2);
  assert.equal(outbox.answered("7-5-radio-shown"), true);
  assert.equal(outbox.answered("7-5-radio-shown"), false);
  assert.equal(outbox.waiting, 1);
});

test("so many receipts are unanswered at most", () => {
  const outbox = new Outbox();
  for (let i = 1n; i <= BigInt(unansweredMax) + 1n; i += 1n) outbox.add(receipt(i));
  assert.equal(outbox.due(1000n).length, unansweredMax);
  outbox.answered("7-1-radio-shown");
  assert.equal(outbox.due(1000n).length, 1);
});

test("the wait doubles up to its bound, and starts anew after progress", () => {
  const hubs = new Hubs(["a"], new Backoff(100, 400, () => 0.5));
  assert.deepEqual([1, 2, 3, 4].map(() => hubs.next().waitMs), [75, 150, 300, 300]);
  hubs.progress();
  assert.equal(hubs.next().waitMs, 75);
  assert.equal(hubs.next(9_000).waitMs, 9_000, "the hub's own word counts");
  assert.equal(hubs.next(9_000_000).waitMs, 300_000, "up to a bound");
});

test("of several hubs each is asked before anybody waits", () => {
  const hubs = new Hubs(["a", "b", "c"], new Backoff(1000, 4000, () => 0.5), () => 0.5);
  const turns = [1, 2, 3, 4].map(() => hubs.next(60_000));
  assert.deepEqual(turns.map((turn) => turn.hub), ["b", "c", "a", "b"]);
  assert.deepEqual(turns.map((turn) => turn.waitMs), [125, 125, 750, 125]);
  const fault = faultOfAnswer(401, undefined, "");
  assert.deepEqual([1, 2, 3].map(() => { const all = hubs.hopeless(fault); hubs.next(); return all; }), [false, false, true]);
});

test("what a failure is called", () => {
  const error = (code: string): Error => Object.assign(new Error(code), { code });
  const cases: [string, string][] = [
    ["ECONNREFUSED", "unreachable"], ["ENOTFOUND", "name_unknown"], ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate_name"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "certificate_untrusted"], ["ECONNRESET", "cut"], ["EPROTO", "tls"],
  ];
  for (const [code, kind] of cases) assert.equal(faultOfError(error(code)).kind, kind);
  assert.deepEqual(faultOfAnswer(503, "2", '{"code":"hub.busy","detail":"later\\u001b[2J"}'),
    { kind: "busy", detail: "503 hub.busy later [2J", waitMs: 2000 });
  assert.equal(faultOfAnswer(409, undefined, "").kind, "drill_over");
  assert.equal(faultOfAnswer(409, "60", "").kind, "busy");
  assert.equal(faultOfAnswer(200, undefined, "<html>").kind, "not_a_hub");
});

test("reports are kept before the position, and the position before the acknowledgement", async () => {
  for (const failing of [undefined, "taken", "settle"]) {
    const said: string[] = [];
    const say = (word: string) => async (): Promise<void> => {
      said.push(word);
      if (word === failing) throw new Error(word);
    };
    const store = { groupMax: 8, open: async () => [], begin: say("begin"), take: say("take"), settle: say("settle") };
    let failed = false;
    const queue = new StoreQueue(store, {
      taken: say("taken"), kept: say("kept"), settled: () => said.push("settled"), failed: () => (failed = true),
    });
    queue.take(itemAt(1n));
    queue.take(itemAt(2n));
    await queue.run(async () => undefined).catch(() => undefined);
    const all = ["take", "take", "taken", "settle", "kept", "settled"];
    assert.deepEqual(said, failing === undefined ? all : all.slice(0, all.indexOf(failing) + 1));
    assert.equal(failed, failing !== undefined);
  }
});

test("an id of a receipt is a file's name and nothing more", () => {
  for (const id of ["a", "7-5-tv.lshape-shown", "x".repeat(64)]) assert.equal(isReceiptId(id), true, id);
  for (const id of ["", ".", "..", ".x", "a/b", "x".repeat(65), "あ", "a b"]) assert.equal(isReceiptId(id), false, id);
});

test("secrets come from files, one kind of them", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "noroshi-credentials-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 });
    return path.join(folder, name);
  };
  const token = file("token", "nrs_s_x\n");
  assert.deepEqual(await readCredentials({ token, ca: file("ca", "PEM") }), { ca: "PEM", token: "nrs_s_x" });
  assert.deepEqual(await readCredentials({ certificate: file("c", "C"), key: file("k", "K") }), { certificate: { cert: "C", key: "K" } });
  await assert.rejects(readCredentials({}), /either a token or a certificate/);
  await assert.rejects(readCredentials({ certificate: file("c", "C") }), /comes with its key/);
  await assert.rejects(readCredentials({ token: file("bad", "two\r\nlines") }), /not a token/);
  chmodSync(token, 0o644);
  await assert.rejects(readCredentials({ token }), /readable by everybody/);
});

test("a hub that is not asked over TLS is no hub", () => {
  for (const hub of ["http://localhost", "wss://localhost", "https://user:pass@localhost", "localhost:8443"])
    assert.throws(() => new Receiver({ hubs: [hub], credentials: {}, store: new MemoryStore() }), TypeError, hub);
  assert.throws(() => new Receiver({ hubs: [], credentials: {}, store: new MemoryStore() }), TypeError);
});
