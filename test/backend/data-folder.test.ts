import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startMarketplace } from "../../backend";

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "data-folder-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("folders on the way to the data are made", async () => {
  const dataDir = join(scratch(), "a/b/c");
  for (let start = 0; start < 2; start++) await (await startMarketplace({ dataDir })).close();
  expect(existsSync(join(dataDir, "marketplace.db"))).toBe(true);
});

test("a file in the way is said so", async () => {
  const file = join(scratch(), "file");
  writeFileSync(file, "text");
  await expect(startMarketplace({ dataDir: file })).rejects.toMatchObject({ code: "EEXIST" });
  await expect(startMarketplace({ dataDir: join(file, "below") })).rejects.toMatchObject({ code: "ENOTDIR" });
});

test.skipIf(process.platform !== "linux")(
  "where the system makes no folders, starting ends with its word",
  async () => {
    await expect(startMarketplace({ dataDir: "/proc/marketplace/data" })).rejects.toMatchObject({ code: "ENOENT" });
  },
);
