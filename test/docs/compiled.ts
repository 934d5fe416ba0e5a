import { join } from "node:path";
import ts from "typescript";
import { type Block, moduleName, root } from "./pages";

const ambient = join(__dirname, "pulumi-aws.d.ts");
const index = join(root, "dist/index.d.ts");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The blocks, and the package's declarations, as one program. The blocks of a page are files of a folder. */
export function compile(blocks: readonly Block[]): {
  readonly program: ts.Program;
  readonly fileOf: ReadonlyMap<Block, string>;
} {
  const fileOf = new Map(blocks.map((block) => [block, join(root, "test/docs", block.page.path, fileName(block))]));
  const codes = new Map([...fileOf].map(([{ code }, file]) => [file, `${code}\nexport {};\n`]));
  const host = ts.createCompilerHost(options);
  const virtual: ts.CompilerHost = {
    ...host,
    directoryExists: (folder) =>
      [...codes.keys()].some((file) => file.startsWith(`${folder}/`)) || ts.sys.directoryExists(folder),
    fileExists: (file) => codes.has(file) || host.fileExists(file),
    readFile: (file) => codes.get(file) ?? host.readFile(file),
    getSourceFile: (file, languageVersion, ...rest) => {
      const code = codes.get(file);
      return code === undefined
        ? host.getSourceFile(file, languageVersion, ...rest)
        : ts.createSourceFile(file, code, languageVersion, true);
    },
  };
  return { program: ts.createProgram([...codes.keys(), ambient, index], options, virtual), fileOf };
}

function fileName(block: Block): string {
  return `${moduleName(block) ?? `line-${String(block.line)}`}.ts`;
}

/** What the compiler says of a block, each with the page's line; of one that leaves things out (`…`), not what is left out. */
export function mistakesIn(block: Block, program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(file);
  const leavesOut = block.code.includes("…");
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .filter(({ messageText }) => !(leavesOut && /missing the following|is missing in type/.test(words(messageText))))
    .map(({ start = 0, messageText }) => {
      const line = source === undefined ? 0 : source.getLineAndCharacterOfPosition(start).line;
      return `${block.page.path}:${String(block.line + line)}: ${words(messageText)}`;
    });
}

function words(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, " ");
}

/** What the package exports, by name. */
export function exportsOf(program: ts.Program): ReadonlyMap<string, ts.Type> {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const symbol = source && checker.getSymbolAtLocation(source);
  const found = symbol === undefined ? [] : checker.getExportsOfModule(symbol);
  return new Map(
    found.map((one) => {
      const meant = one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one;
      return [one.name, checker.getDeclaredTypeOfSymbol(meant)];
    }),
  );
}

/** The names of an object type's members, those of its bases included; of a union, those of every part. */
export function membersOf(program: ts.Program, type: ts.Type): string[] {
  const parts = type.isUnion() ? type.types : [type];
  const names = parts.flatMap((part) =>
    program
      .getTypeChecker()
      .getPropertiesOfType(part)
      .map(({ name }) => name),
  );
  return [...new Set(names)];
}
