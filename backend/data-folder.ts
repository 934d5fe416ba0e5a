import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are missing. Node's own recursive mkdir never returns where the system says of
 * a folder that is there that it cannot hold another: /proc.
 *
 * @throws The system's error: EACCES, ENOTDIR, EEXIST where a file has the name.
 */
export function makeDataFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  const above = dirname(path);
  if (above !== path && !existsSync(above)) makeDataFolder(above);
  mkdirSync(path);
}
