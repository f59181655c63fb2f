// The whole way against a real hub: connect, store, acknowledge, resume, through kill -9 of the hub.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Hub, until } from "./hub.js";
import { Order } from "./order.js";
import { MemoryStore, WatchedReceiver } from "./watched_receiver.js";

test("what is published is stored and acknowledged, and the bytes are those accepted", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const store = new MemoryStore();
  const watched = new WatchedReceiver(t, { hubs: [hub.url], credentials: hub.credentials(tv), store });
  await watched.connected();
  const document = new Order().next();
  const sequence = await hub.publish(city, document);
  await watched.has(sequence);
  await hub.row(city, sequence, "tv", "delivered");
  const content = store.taken[0]!.content;
  assert.ok(content.kind === "delivery");
  assert.equal(Buffer.from(content.delivery.capXml!).toString(), document);
  assert.equal(content.delivery.summary?.level, 4);
});

test("nothing is acknowledged before the store's promise is resolved", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv, radio] = [hub.city(), hub.subscriber("tv"), hub.subscriber("radio")];
  const slow = new MemoryStore();
  let open = (): void => undefined;
  slow.gate = new Promise((resolve) => (open = resolve));
  const held = new WatchedReceiver(t, { hubs: [hub.url], credentials: hub.credentials(tv), store: slow });
  const free = new WatchedReceiver(t, { hubs: [hub.url], credentials: hub.credentials(radio), store: new MemoryStore() });
  await held.connected();
  await free.connected();
  const sequence = await hub.publish(city, new Order().next());
  await until("the slow one has it in its hands", () => slow.sequences.includes(sequence));
  await hub.row(city, sequence, "radio", "delivered"); // acknowledgements do reach the ladder
  await hub.row(city, sequence, "tv", "queued");
  open();
  await hub.row(city, sequence, "tv", "delivered");
});

test("a hub killed and started again: nothing is missing, nothing comes twice", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const store = new MemoryStore();
  const watched = new WatchedReceiver(t, { hubs: [hub.url], credentials: hub.credentials(tv), store });
  await watched.connected();
  const first = await hub.publish(city, new Order().next());
  await watched.has(first);
  await hub.kill();
  await hub.serve();
  const second = await hub.publish(city, new Order().next());
  await watched.has(second);
  assert.deepEqual(store.sequences, [first, second]);
  assert.ok(watched.words.some((word) => word.startsWith("lost")), "the kill was noticed");
});

test("a wall clock that jumps a year either way changes nothing", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const watched = new WatchedReceiver(t, { hubs: [hub.url], credentials: hub.credentials(tv), store: new MemoryStore() });
  await watched.connected();
  const real = Date.now;
  t.after(() => (Date.now = real));
  for (const jump of [365, -365]) {
    const document = new Order().next();
    Date.now = () => real() + jump * 86_400_000;
    await watched.has(await hub.publish(city, document));
    Date.now = real;
  }
  assert.deepEqual(watched.words, [`connected ${hub.url}`]);
});

test("a probe is answered, and nobody is shown it", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const store = new MemoryStore();
  const watched = new WatchedReceiver(t, { hubs: [hub.url], credentials: hub.credentials(tv), store });
  await watched.connected();
  for (let round = 0; round < 2; round += 1) { // exit code 7 where the answer is missing
    await hub.patientVerb("subscriber", "test", "tv");
    await watched.has(await hub.publish(city, new Order().next()));
  }
  // Nor does it come between a receiver and what it resumes from.
  await hub.patientVerb("subscriber", "test", "tv");
  await hub.kill();
  await hub.serve();
  await watched.connected(2);
  await watched.has(await hub.publish(city, new Order().next()));
  assert.equal(store.taken.length, 3);
  assert.deepEqual(store.taken.map(({ content }) => content.kind), ["delivery", "delivery", "delivery"]);
});

test("a certificate says who calls on the other door", async (t) => {
  const hub = await Hub.start(t);
  const city = hub.city();
  hub.subscriber("tv");
  hub.verb("cert", "issue", "subscriber", "tv", "--out", hub.scratch);
  const pem = (ending: RegExp): string => readFileSync(`${hub.scratch}/${readdirSync(hub.scratch).find((name) => ending.test(name))!}`, "utf8");
  const watched = new WatchedReceiver(t, {
    hubs: [`https://localhost:${hub.mutualPort}`],
    credentials: { ca: hub.ca, certificate: { cert: pem(/\.(pem|crt)$/), key: pem(/\.key$/) } },
    store: new MemoryStore(),
  });
  await watched.connected();
  await watched.has(await hub.publish(city, new Order().next()));
});
