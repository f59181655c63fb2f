import { open, rename } from "node:fs/promises";
import path from "node:path";

/** On the disk, whole, before it is resolved: what is acknowledged never comes again. */
export async function keep(folder: string, name: string, data: string | Uint8Array): Promise<void> {
  const part = path.join(folder, `.${name}.part`);
  const file = await open(part, "w");
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path.join(folder, name));
  const names = await open(folder, "r");
  try {
    await names.sync();
  } finally {
    await names.close();
  }
}
