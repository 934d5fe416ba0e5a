import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { ModuleKind, transpileModule, ScriptTarget } from "typescript";

/** The storage folder as JavaScript in `dir`, for child processes that a test may kill. */
export function compileStorage(dir: string): void {
  const source = join(__dirname, "../../backend/storage");
  for (const file of readdirSync(source)) {
    const { outputText } = transpileModule(readFileSync(join(source, file), "utf8"), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023 },
    });
    writeFileSync(join(dir, `${basename(file, ".ts")}.js`), outputText);
  }
}
