// When a receiver stops for good, and when it goes on elsewhere.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createSecureServer } from "node:https";
import { createServer } from "node:net";
import path from "node:path";
import { test } from "node:test";
import { StandingFile } from "../src/index.js";
import { WebSocketServer } from "ws";
import { Hub, until } from "./hub.js";
import { Order } from "./order.js";
import { MemoryStore, WatchedReceiver } from "./watched_receiver.js";

test("a newer connection of the same subscriber ends the older", async (t) => {
  const hub = await Hub.start(t);
  const settings = { hubs: [hub.url], credentials: hub.credentials(hub.subscriber("tv")) };
  const older = new WatchedReceiver(t, { ...settings, store: new MemoryStore() });
  await older.connected();
  const newer = new WatchedReceiver(t, { ...settings, store: new MemoryStore() });
  assert.equal((await older.ending).kind, "replaced");
  await newer.connected();
  assert.deepEqual(newer.words, [`connected ${hub.url}`]);
});

test("a suspension ends it, and the next run is refused", async (t) => {
  const hub = await Hub.start(t);
  const settings = { hubs: [hub.url], credentials: hub.credentials(hub.subscriber("tv")) };
  const watched = new WatchedReceiver(t, { ...settings, store: new MemoryStore() });
  await watched.connected();
  hub.verb("subscriber", "suspend", "tv");
  assert.equal((await watched.ending).kind, "suspended");
  const again = new WatchedReceiver(t, { ...settings, store: new MemoryStore() });
  assert.equal((await again.ending).kind, "not_allowed");
});

test("a token that is nobody's ends it with the hub's words", async (t) => {
  const hub = await Hub.start(t);
  const watched = new WatchedReceiver(t, {
    hubs: [hub.url], credentials: hub.credentials("nrs_s_nobody"), store: new MemoryStore(),
  });
  const ending = await watched.ending;
  assert.equal(ending.kind, "not_allowed");
  assert.match(ending.detail, /401 auth\.required/);
});

test("a hub of another authority is never told the token", async (t) => {
  const [hub, other] = [await Hub.start(t), await Hub.start(t)];
  const watched = new WatchedReceiver(t, {
    hubs: [hub.url], credentials: { ca: other.ca, token: hub.subscriber("tv") }, store: new MemoryStore(),
  });
  const ending = await watched.ending;
  assert.deepEqual([ending.kind, ending.fault?.kind], ["untrusted", "certificate_untrusted"]);
});

test("of several hubs the next is asked when one is down, or refuses", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const nobody = createServer().listen(0, "127.0.0.1");
  await once(nobody, "listening");
  const address = nobody.address();
  assert.ok(address !== null && typeof address === "object");
  const down = `https://localhost:${address.port}`;
  nobody.close();
  // The second door asks for a certificate, so it refuses the token.
  const refusing = `https://localhost:${hub.mutualPort}`;
  const watched = new WatchedReceiver(t, {
    hubs: [down, refusing, hub.url], credentials: hub.credentials(tv), store: new MemoryStore(),
  });
  await watched.connected();
  assert.equal(watched.words.length, 3);
  assert.match(watched.words[0]!, /^lost .* unreachable/);
  await watched.has(await hub.publish(city, new Order().next()));
});

test("two hubs with a log each: the place in each is kept, nothing comes twice, and what both bring is shown once", async (t) => {
  const [one, two] = [await Hub.start(t), await Hub.start(t)];
  const [cityOne, cityTwo] = [one.city(), two.city()];
  const store = new MemoryStore();
  const watched = new WatchedReceiver(t, {
    hubs: [one, two].map((hub) => ({ url: hub.url, credentials: hub.credentials(hub.subscriber("tv")) })),
    store, standing: new StandingFile(`${one.scratch}/standing`),
  });
  await watched.connected();
  const both = new Order().next();
  const first = await one.publish(cityOne, both);
  await watched.has(first);
  await one.kill();
  await watched.connected(2);
  const again = await two.publish(cityTwo, both);
  const second = await two.publish(cityTwo, new Order().next());
  await until("two are shown", () => watched.stored.length === 2);
  await one.serve();
  const third = await one.publish(cityOne, new Order().next());
  two.verb("subscriber", "suspend", "tv"); // refused by one of two is no end
  await until("three are shown", () => watched.stored.length === 3); // sequences of two logs may be the same
  assert.deepEqual(store.sequences, [first, again, second, third]);
  assert.deepEqual(watched.stored, [first, second, third]);
  one.verb("subscriber", "suspend", "tv");
  assert.match((await watched.ending).kind, /^(suspended|not_allowed)$/);
});

test("a hub that falls silent is left, and asked again", async (t) => {
  const hub = await Hub.start(t); // only for its certificate
  const file = (name: string): Buffer => readFileSync(path.join(hub.data, "tls", name));
  const silent = createSecureServer({ cert: file("hub.pem"), key: file("hub.key") }).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const streams = new WebSocketServer({ server: silent });
  t.after(() => {
    for (const stream of streams.clients) stream.terminate();
    silent.close();
  });
  const address = silent.address();
  assert.ok(address !== null && typeof address === "object");
  const watched = new WatchedReceiver(t, {
    hubs: [`https://localhost:${address.port}`], credentials: hub.credentials("x"),
    store: new MemoryStore(), silenceLimitMs: 150,
  });
  await until("asked again", () => watched.words.length >= 2);
  assert.match(watched.words[1]!, /^lost .* silent/);
});

test("a drill: by its own token only, marked so, and over when it is over", async (t) => {
  const hub = await Hub.start(t);
  const live = hub.subscriber("tv");
  hub.city();
  const end = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}+00:00`;
  hub.verb("drill", "open", "shakeout", "--name", "訓練", "--publishers", "362018", "--subscribers", "tv", "--start", "now", "--end", end);
  const city = hub.token("publisher", "token", "362018", "--drill", "shakeout");
  const tv = hub.token("subscriber", "token", "tv", "--drill", "shakeout");
  const settings = { hubs: [hub.url], drill: "shakeout" };
  const refused = new WatchedReceiver(t, { ...settings, credentials: hub.credentials(live), store: new MemoryStore() });
  assert.equal((await refused.ending).kind, "not_allowed");

  const store = new MemoryStore();
  const watched = new WatchedReceiver(t, { ...settings, credentials: hub.credentials(tv), store });
  await watched.connected();
  await watched.has(await hub.publish(city, new Order("shakeout").next(), "/v1/drills/shakeout"));
  assert.equal(store.taken[0]!.channel, "drill:shakeout");
  hub.verb("drill", "close", "shakeout");
  assert.equal((await watched.ending).kind, "drill_over");
  const late = new WatchedReceiver(t, { ...settings, credentials: hub.credentials(tv), store: new MemoryStore() });
  assert.equal((await late.ending).kind, "drill_over");
});

test("a store that fails ends it, and the alert comes again", async (t) => {
  const hub = await Hub.start(t);
  const [city, tv] = [hub.city(), hub.subscriber("tv")];
  const full = new MemoryStore();
  full.take = async () => Promise.reject(new Error("no space left on device"));
  const settings = { hubs: [hub.url], credentials: hub.credentials(tv) };
  const failing = new WatchedReceiver(t, { ...settings, store: full });
  await failing.connected();
  const sequence = await hub.publish(city, new Order().next());
  const ending = await failing.ending;
  assert.deepEqual([ending.kind, ending.detail], ["store_failed", "no space left on device"]);
  const watched = new WatchedReceiver(t, { ...settings, store: new MemoryStore() });
  await watched.has(sequence);
});
