// The receiver as a program of its own (noroshi-receive), killed where it hurts.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FileStore, ReceiptFolder, Receiver, receiptOf, StandingFile } from "../src/index.js";
import { Hub, until } from "./hub.js";
import { Order } from "./order.js";
import { MemoryStore, WatchedReceiver } from "./watched_receiver.js";

const program = fileURLToPath(new URL("../src/receive.js", import.meta.url));

class Program {
  readonly sequences: bigint[] = [];
  words = "";
  readonly #process: ChildProcess;

  constructor(test: TestContext, hub: Hub, readonly out: string, ...more: string[]) {
    this.#process = spawn(process.execPath, [program, "--hub", hub.url, "--ca", path.join(hub.data, "tls/ca.pem"),
      "--token-file", path.join(hub.scratch, "token"), "--out", out, ...more], { stdio: ["ignore", "pipe", "pipe"] });
    createInterface({ input: this.#process.stdout! }).on("line", (line) => {
      this.sequences.push(BigInt(JSON.parse(line).sequence));
    });
    this.#process.stderr!.setEncoding("utf8").on("data", (text: string) => (this.words += text));
    test.after(() => this.end("SIGKILL"));
  }

  async has(sequence: bigint): Promise<void> {
    await until(`the program prints ${sequence}: ${this.words}`, () => this.sequences.includes(sequence));
  }

  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return exitCode;
    this.#process.kill(signal);
    const [code] = await once(this.#process, "exit");
    return code as number | null;
  }
}

function log(out: string): string {
  const live = path.join(out, "live");
  const epochs = readdirSync(live).filter((name) => /^\d+$/.test(name));
  assert.equal(epochs.length, 1);
  return path.join(live, epochs[0]!);
}

test("kill -9 of the program: the folder is whole, and it goes on behind what it holds", async (t) => {
  const hub = await Hub.start(t);
  const city = hub.city();
  writeFileSync(path.join(hub.scratch, "token"), hub.subscriber("tv"), { mode: 0o600 });
  const out = path.join(hub.scratch, "received");
  const published = new Map<bigint, string>();
  let program = new Program(t, hub, out);
  for (let round = 0; round < 4; round += 1) {
    for (let i = 0; i < 5; i += 1) {
      const document = new Order().next();
      published.set(await hub.publish(city, document), document);
      if (i === round) { // somewhere in the middle, wherever it is just now
        await program.end("SIGKILL");
        program = new Program(t, hub, out);
      }
    }
  }
  const last = [...published.keys()].at(-1)!;
  await program.has(last);
  for (const [sequence, document] of published)
    assert.equal(readFileSync(path.join(log(out), `${sequence}.xml`), "utf8"), document);
  assert.equal(await program.end("SIGTERM"), 0);
  await hub.row(city, last, "tv", "delivered");
  const store = new FileStore(out);
  const [position] = await store.open("live");
  const held: bigint[] = [];
  for await (const item of store.items(position!.epoch)) held.push(item.position.sequence);
  assert.deepEqual(held, [...published.keys()]);
  assert.ok(position!.sequence >= last);
});

test("receipts wait on the disk until they are recorded, through kill -9 of both sides", async (t) => {
  const hub = await Hub.start(t);
  const city = hub.city();
  writeFileSync(path.join(hub.scratch, "token"), hub.subscriber("tv"), { mode: 0o600 });
  const out = path.join(hub.scratch, "received");
  const waiting = (): string[] => readdirSync(path.join(out, "receipts", "live", path.basename(log(out))));
  const program = new Program(t, hub, out, "--on-air", "tv.lshape");
  const order = new Order();
  const sequence = await hub.publish(city, order.next());
  await program.has(sequence);
  await hub.row(city, sequence, "tv", "shown");
  await until("nothing waits", () => waiting().length === 0);

  // A report that both sides forget in memory: written, and the hub gone before it can be told.
  await hub.kill();
  const epoch = BigInt(path.basename(log(out)));
  await program.end("SIGKILL");
  const folder = new ReceiptFolder(path.join(out, "receipts"));
  await folder.open("live", epoch);
  await folder.add("live", epoch, [receiptOf({ position: { epoch, sequence }, state: "withdrawn", medium: "tv.lshape" })]);
  await hub.serve();
  const again = new Program(t, hub, out);
  await hub.row(city, sequence, "tv", "withdrawn");
  await until("nothing waits", () => waiting().length === 0);
  assert.deepEqual(again.sequences, []);

  // A receiver with --on-air reports of a Cancel that everything it refers to is taken down.
  await again.end("SIGKILL");
  const third = new Program(t, hub, out, "--on-air", "radio");
  const update = await hub.publish(city, order.next("Update"));
  await third.has(update);
  await hub.row(city, update, "tv", "shown");
  await third.has(await hub.publish(city, order.next("Cancel")));
  await hub.row(city, update, "tv", "withdrawn");
});

test("what was lifted is reported as taken down, and what stands is known after kill -9", async (t) => {
  const hub = await Hub.start(t);
  const city = hub.city();
  writeFileSync(path.join(hub.scratch, "token"), hub.subscriber("tv"), { mode: 0o600 });
  const out = path.join(hub.scratch, "received");
  const [stays, goes] = [new Order(), new Order()];
  const first = new Program(t, hub, out, "--on-air", "signage");
  const [standing, lifted] = [await hub.publish(city, stays.next()), await hub.publish(city, goes.next())];
  await first.has(lifted);
  await first.end("SIGKILL");
  const lift = await hub.publish(city, goes.next("Update", "lift"));
  const second = new Program(t, hub, out, "--on-air", "signage");
  await second.has(lift);
  await hub.row(city, lifted, "tv", "withdrawn");
  await hub.row(city, standing, "tv", "shown");
  await second.end("SIGKILL");
  const file = new StandingFile(out);
  await file.open("live");
  assert.deepEqual(file.standing.inForce().map((held) => held.positions[0]!.sequence), [standing]);
  assert.deepEqual(file.standing.all().map((held) => held.state).sort(), ["lifted", "said", "stands"]);
});

test("a receipt the hub will never record is told and thrown away", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const receipts = new ReceiptFolder(path.join(hub.scratch, "receipts"));
  const watched = new WatchedReceiver(t, {
    hubs: [hub.url], credentials: hub.credentials(tv), store: new MemoryStore(), receipts,
  });
  await watched.connected();
  const epoch = watched.welcomes[0]!.epoch;
  const sequence = await hub.publish(city, new Order().next());
  await watched.has(sequence);
  // Of an entry of the log that is no alert.
  await watched.receiver.report({ position: { epoch, sequence: 1n }, state: "shown", medium: "app", id: "wrong" });
  await until("declined", () => watched.words.includes("declined wrong receipt.unknown"));
  await watched.receiver.report({ position: { epoch, sequence }, state: "refused", medium: "app", detail: "編成の判断" });
  await hub.row(city, sequence, "tv", "refused");
  await until("nothing waits", async () => (await receipts.open("live", epoch)).length === 0);
});

test("a folder of another subscriber is not written to", async (t) => {
  const hub = await Hub.start(t);
  const out = path.join(hub.scratch, "received");
  const first = new WatchedReceiver(t, {
    hubs: [hub.url], credentials: hub.credentials(hub.subscriber("tv")), store: new FileStore(out),
  });
  await first.connected();
  await until("the folder is its own", () => existsSync(path.join(out, "live", ".subscriber")));
  const second = new Receiver({
    hubs: [hub.url], credentials: hub.credentials(hub.subscriber("radio")), store: new FileStore(out),
  });
  const ending = await second.run();
  assert.equal(ending.kind, "store_failed");
  assert.match(ending.detail, /holds the alerts of tv/);
  assert.ok(statSync(out).isDirectory());
});
