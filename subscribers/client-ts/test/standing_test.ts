// What became of an alert, by those that came after it and by time.
import assert from "node:assert/strict";
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { DeliverySchema, type Item, Passed_Reason, PassedSchema, Standing, StandingFile } from "../src/index.js";
import { categoryLife } from "../src/category_life.js";
import { parse } from "../src/xml.js";
import { Order } from "./order.js";

const hour = 3_600_000;
const now = Date.now();

interface Facts { epoch?: bigint; refers?: bigint[] }

/** As the hub would deliver it: the summary says what the document says. */
function item(sequence: bigint, document: string, { epoch = 7n, refers = [] }: Facts = {}): Item {
  const found = (pattern: RegExp): string => pattern.exec(document)?.[1] ?? "";
  const delivery = create(DeliverySchema, {
    sequence, publisher: "362018", acceptedAt: timestampFromMs(now), capXml: Buffer.from(document),
    summary: {
      identifier: found(/<identifier>(.*?)</), sender: "city.example", status: "Actual", messageType: found(/<msgType>(.*?)</),
      document: found(/DocumentId<\/valueName><value>(.*?)</), revision: Number(found(/DocumentRevision<\/valueName><value>(.*?)</)),
      level: 4, event: "evac.l4", referencedSequences: refers,
    },
  });
  return { position: { epoch, sequence }, channel: "live", receivedAt: new Date(now), content: { kind: "delivery", delivery } };
}
function passed(sequence: bigint, reason: Passed_Reason, by = 0n): Item {
  const content = { kind: "passed" as const, passed: create(PassedSchema, { sequence, reason, by }) };
  return { position: { epoch: 7n, sequence }, channel: "live", receivedAt: new Date(now), content };
}
function states(standing: Standing): Record<string, string> {
  return Object.fromEntries(standing.all().flatMap((held) => held.positions.map((position) => [String(position.sequence), held.state])));
}
const plain = (expires: string): string => `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>p</identifier>
<msgType>Alert</msgType><info><event>x</event><expires>${expires}</expires></info></alert>`;

test("a revision supersedes, a lift lifts, a Cancel cancels", () => {
  const cases: [("Update" | "Cancel"), ("issue" | "lift"), string, string][] = [
    ["Update", "issue", "superseded", "stands"],
    ["Update", "lift", "lifted", "said"],
    ["Cancel", "issue", "cancelled", "said"],
  ];
  for (const [type, kind, before, after] of cases) {
    const standing = new Standing();
    const order = new Order();
    standing.take(item(1n, order.next()), now);
    const changes = standing.take(item(2n, order.next(type, kind)), now);
    assert.deepEqual(states(standing), { 1: before, 2: after });
    assert.deepEqual(changes.map((held) => held.state), [before, after]);
    assert.equal(changes[0]!.by?.sequence, 2n);
    assert.deepEqual(standing.take(item(2n, order.next(type, kind)), now).length > 0, true, "another document is another alert");
  }
});

test("the same again changes nothing", () => {
  const standing = new Standing();
  const order = new Order();
  const items = [item(1n, order.next()), item(2n, order.next("Update")), item(3n, order.next("Cancel"))];
  for (const one of items) standing.take(one, now);
  for (const one of items) assert.deepEqual(standing.take(one, now), []);
});

test("what was ended before it came does not stand, nor a revision behind its successor", () => {
  const order = new Order();
  const [first, second, cancel] = [order.next(), order.next("Update"), order.next("Cancel")];
  const late = new Standing();
  late.take(item(3n, cancel), now);
  late.take(item(1n, first), now);
  late.take(item(2n, second), now);
  assert.deepEqual(states(late), { 1: "cancelled", 2: "cancelled", 3: "said" });
  const other = new Order();
  const [one, two] = [other.next(), other.next("Update").replace(/<references>.*<\/references>/, "")];
  const behind = new Standing();
  behind.take(item(5n, two), now);
  behind.take(item(4n, one), now);
  assert.deepEqual(states(behind), { 4: "superseded", 5: "stands" });
});

test("an evacuation order does not end by itself, a plain alert does", () => {
  const standing = new Standing();
  standing.take(item(1n, new Order().next()), now);
  const ends = new Date(now + hour).toISOString().slice(0, 19) + "+00:00";
  standing.take(item(2n, plain(ends)), now);
  assert.deepEqual(standing.passTime(now + hour - 2000), []);
  standing.passTime(now + hour);
  assert.deepEqual(states(standing), { 1: "stands", 2: "expired" });
  standing.passTime(now + 49 * hour);
  assert.deepEqual(states(standing), { 1: "unlifted", 2: "expired" });
  assert.deepEqual(standing.inForce().map((held) => held.positions[0]!.sequence), [1n]);
  standing.passTime(now - hour);
  assert.deepEqual(states(standing), { 1: "unlifted", 2: "expired" }, "once ended nothing stands again");
});

test("without an end of its own a line has that of its category", () => {
  const table = readFileSync(path.join(process.env["NOROSHI_PROTO"] ?? "../../proto", "jp/codes.cpp"), "utf8");
  const rows = [...table.matchAll(/^ +\{"([a-z0-9.]+)", +(?:state|notice), +\{[^}]*\}, +(hours|minutes)?\(?(\d+|none)/gm)]
    .flatMap(([, code, unit, count]) => count === "none" ? [] : [[code!, Number(count) * (unit === "hours" ? hour : 60_000)]]);
  assert.ok(rows.length > 20);
  assert.deepEqual(Object.fromEntries(rows), categoryLife);

  const standing = new Standing();
  standing.take(item(1n, new Order().next().replace(/<expires>.*?<\/expires>/, "")), now);
  standing.passTime(now + 48 * hour - 2000);
  assert.deepEqual(states(standing), { 1: "stands" });
  standing.passTime(now + 48 * hour);
  assert.deepEqual(states(standing), { 1: "unlifted" });
});

test("passed over after it was delivered", () => {
  for (const [reason, state] of [[Passed_Reason.CANCELLED, "cancelled"], [Passed_Reason.SUPERSEDED, "superseded"], [Passed_Reason.EXPIRED, "stands"]] as const) {
    const standing = new Standing();
    standing.take(item(1n, new Order().next()), now);
    standing.take(passed(1n, reason, 9n), now);
    assert.deepEqual(states(standing), { 1: state });
  }
});

test("one alert of two logs is one, and is known the second time", () => {
  const standing = new Standing();
  const document = new Order().next();
  assert.equal(standing.knowsFromElsewhere(item(1n, document)), false);
  standing.take(item(1n, document), now);
  assert.equal(standing.knowsFromElsewhere(item(1n, document)), false, "the same log");
  assert.equal(standing.knowsFromElsewhere(item(5n, document, { epoch: 8n })), true);
  assert.deepEqual(standing.take(item(5n, document, { epoch: 8n }), now), []);
  assert.deepEqual(standing.all().map((held) => held.positions.length), [2]);
});

test("what stands is known again after a crash", async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "noroshi-standing-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const order = new Order();
  const before = new StandingFile(folder);
  await before.open("live");
  before.take(item(1n, order.next()), now);
  await before.settle({ epoch: 7n, sequence: 1n });
  const after = new StandingFile(folder);
  await after.open("live");
  assert.deepEqual(after.standing.all(), before.standing.all());
  assert.equal(after.position(7n), 1n);
  after.take(item(2n, order.next("Update", "lift")), now);
  assert.deepEqual(states(after.standing), { 1: "lifted", 2: "said" });
});

test("a document is read however it is written", () => {
  const written = (text: string, encoding?: BufferEncoding): string | undefined =>
    parse(Buffer.from(text, encoding))?.children.map((child) => `${child.name}=${child.text}`).join("|");
  const cases: [string, string | undefined][] = [
    ["<a><b>x</b><c/></a>", "b=x|c="],
    ["<?xml version='1.0'?><!-- <b> --><n:a xmlns:n='u'><n:b x='>'> 1 &lt;&#x3042;&#12356; <!-- 2 --><![CDATA[<3>]]>\n4</n:b></n:a>", "b=1 <あい <3> 4"],
    ["<a><b>x</a></b>", undefined], ["<a>", undefined], ["", undefined], ["text", undefined], ["<a/><b/>", undefined],
    ["<a>".repeat(100) + "</a>".repeat(100), undefined],
  ];
  for (const [text, wanted] of cases) assert.equal(written(text), wanted, text);
  const shiftJis = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?><a><b>'), Buffer.from([0x93, 0xbf, 0x93, 0x87]), Buffer.from("</b></a>")]);
  assert.equal(parse(shiftJis)?.children[0]?.text, "徳島");
  assert.equal(parse(Buffer.concat([Buffer.from("<a>"), Buffer.from([0xff]), Buffer.from("</a>")])), undefined);
});
