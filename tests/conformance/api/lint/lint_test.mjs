// The documents of proto/api (NOROSHI_PROTO names the folder above it) as they are, and spoilt so that the lint has to see it.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { documents, problems } from "./lint.mjs";

const api = path.join(process.env.NOROSHI_PROTO ?? path.join(import.meta.url, "../../../../../proto"), "api");

for (const name of documents)
  test(`${name} keeps the rules of its specification`, async () => {
    assert.deepEqual(await problems(path.join(api, name)), []);
  });

const spoils = [
  ["openapi.yaml", '"#/components/schemas/Ladder"', '"#/components/schemas/Leiter"', /resolve/],
  ["openapi.yaml", "description: accepted and durable,", "", /description/],
  ["openapi.yaml", "name: sequence, in: path, required: true", "name: number, in: path, required: true", /path|parameter/i],
  ["openapi.yaml", "in: header, schema", "in: trailer, schema", /in|trailer/],
  ["openapi.yaml", "openapi: 3.0.3", "openapi: 3.0.3\npath: {}", /path/],
  ["openapi.yaml", "reading.yaml#/Reading", "reading.yaml#/Writing", /resolve/],
  ["asyncapi.yaml", '"#/components/messages/ack"', '"#/components/messages/acknowledge"', /resolve/],
  ["asyncapi.yaml", "channels:\n", "channel:\n", /channel/],
];
for (const [name, from, to, word] of spoils)
  test(`${name} with ${JSON.stringify(to)} in place of ${JSON.stringify(from)} is seen`, async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), "noroshi-lint-"));
    t.after(() => rmSync(folder, { recursive: true }));
    cpSync(api, folder, { recursive: true });
    const text = readFileSync(path.join(folder, name), "utf8");
    assert.ok(text.includes(from));
    writeFileSync(path.join(folder, name), text.replaceAll(from, to));
    const found = await problems(path.join(folder, name));
    assert.notDeepEqual(found, []);
    assert.ok(found.some((problem) => word.test(problem)), found.join("\n"));
  });
