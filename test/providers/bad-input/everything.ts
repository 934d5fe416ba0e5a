import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** When a key was last used, which every request changes, whatever becomes of it. */
const lastUses = "iam-access-key-uses";

/**
 * Every document that a running marketplace keeps in its data folder, by collection and key. The marketplace has the
 * file for itself alone, so a copy is read.
 */
export function everythingIn(dataDir: string): Readonly<Record<string, string>> {
  const copy = mkdtempSync(join(tmpdir(), "everything-"));
  try {
    for (const file of ["marketplace.db", "marketplace.db-wal"]) {
      if (existsSync(join(dataDir, file))) copyFileSync(join(dataDir, file), join(copy, file));
    }
    const database = new DatabaseSync(join(copy, "marketplace.db"));
    const rows = database.prepare("SELECT collection, key, value FROM documents ORDER BY collection, key").all();
    database.close();
    const kept = rows.filter(({ collection }) => collection !== lastUses);
    return Object.fromEntries(kept.map(({ collection, key, value }) => [`${collection} ${key}`, String(value)]));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
