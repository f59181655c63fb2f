// Turns proto/noroshi/v1 into TypeScript below src/generated, with protoc (Debian: protobuf-compiler,
// libprotobuf-dev; another one by the variable PROTOC). The folder proto/ is the repository's, or
// the one that the variable NOROSHI_PROTO names.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";

const here = path.dirname(fileURLToPath(import.meta.url));
const proto = path.resolve(process.env.NOROSHI_PROTO ?? path.join(here, "../../proto"));
const out = path.join(here, "src/generated");
mkdirSync(out, { recursive: true });
const protoc = process.env.PROTOC ?? "protoc";
const done = spawnSync(protoc, [
  `--plugin=protoc-gen-es=${path.join(here, "node_modules/.bin/protoc-gen-es")}`,
  `--proto_path=${proto}`,
  `--es_out=${out}`,
  "--es_opt=target=ts,import_extension=js",
  "noroshi/v1/stream.proto",
  "noroshi/v1/reading.proto",
], { stdio: "inherit" });
if (done.error) {
  console.error(`${protoc}: ${done.error.message} (Debian: apt-get install protobuf-compiler libprotobuf-dev)`);
  process.exit(1);
}
process.exit(done.status ?? 1);
