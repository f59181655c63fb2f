// Reads openapi.yaml and asyncapi.yaml by the rules of OpenAPI and AsyncAPI: Redocly's "recommended", with its warnings
// as errors; and every reference of theirs leads somewhere (for AsyncAPI Redocly does not look). `node lint.mjs [FOLDER]` names what breaks one, and then ends with 1.
import { createConfig, lint, parseYaml } from "@redocly/openapi-core";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const documents = ["openapi.yaml", "asyncapi.yaml"];

const config = await createConfig({
  extends: ["recommended"],
  rules: {
    // Left aside, each for its reason.
    "no-server-example.com": "off", // the address of a hub is whoever's that runs it
    "operation-operationId": "off", // a path and a method name an operation; nothing is generated from it
  },
});

/** What is wrong in a document, with its place; all it refers to is read, too. */
export async function problems(document) {
  const found = await lint({ ref: path.resolve(document), config });
  return [
    ...found.map(({ ruleId, message, location }) => {
      const { source, pointer } = location[0];
      return `${path.basename(source.absoluteRef)} ${pointer}: ${message} (${ruleId})`;
    }),
    ...references(parseYaml(readFileSync(document, "utf8")), "#")
      .filter(({ to }) => !leads(document, to))
      .map(({ at, to }) => `${path.basename(document)} ${at}: cannot resolve ${to}`),
  ];
}

function references(node, at) {
  if (typeof node !== "object" || node === null) return [];
  const own = typeof node.$ref === "string" ? [{ at, to: node.$ref }] : [];
  return own.concat(...Object.entries(node).map(([name, value]) => references(value, `${at}/${name}`)));
}

function leads(document, to) {
  const [file, pointer = ""] = to.split("#");
  const target = file === "" ? document : path.join(path.dirname(document), file);
  if (!existsSync(target)) return false;
  let node = parseYaml(readFileSync(target, "utf8"));
  for (const step of pointer.split("/").slice(1)) node = node?.[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  return node !== undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of documents)
    for (const problem of await problems(path.join(process.argv[2] ?? "../../../../proto/api", name))) {
      console.error(problem);
      process.exitCode = 1;
    }
}
