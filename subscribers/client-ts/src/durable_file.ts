import { mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Writes a hidden temporary beside `file`, syncs it and renames it to `file`, so that the file is
 * whole or not there. The name itself is on the disk after syncFolder().
 */
export async function writeDurably(file: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.part`);
  try {
    const handle = await open(temporary, "w", 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Makes the names in `folder` survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes `below` inside `top`, which is made too; the names of all of them are made good. */
export async function makeFolder(top: string, ...below: string[]): Promise<string> {
  const folder = path.join(top, ...below);
  await mkdir(folder, { recursive: true });
  for (let at = folder, left = below.length; left >= 0; at = path.dirname(at), left -= 1)
    await syncFolder(at);
  await syncFolder(path.dirname(path.resolve(top)));
  return folder;
}
